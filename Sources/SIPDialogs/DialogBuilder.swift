import Evidence
import SDPSyntax
import SIPSyntax

/// A message with what its body holds, as the builders read it.
struct ReadMessage {
    let message: SIPMessage
    let time: CaptureTime
    let origins: OriginMap
    let parts: [BodyPart]
    /// Read once, as parties, feature tags and signs of products are all found in them.
    let from: NameAddress?
    let contacts: [NameAddress]
    let tags: FeatureTags
    /// `siprec` in Require.
    let requiresRecording: Bool
    let sender: Side
    /// Sender of the request that this is, or answers.
    let requestSender: Side
    let cseq: CSeq
    /// The first session description, and the part that it stood in.
    let description: SessionDescription?
    let descriptionPart: BodyPart?

    /// Tag of the server's branch.
    var branch: String? { requestSender == .client ? message.toTag : message.fromTag }

    func place(_ part: BodyPart, _ offset: Int) -> Origin { origins.origin(at: part.isTransferDecoded ? part.offset : part.offset + offset) }

    func contentOrigins(_ part: BodyPart) -> OriginMap {
        part.isTransferDecoded ? OriginMap(origins.origin(at: part.offset), at: origins.time(at: part.offset)) : origins.dropping(part.offset)
    }
}

/// Replays the messages of one dialog in time order.
struct DialogBuilder {
    /// Branches of one INVITE that are told apart; more are only hostile.
    static let branchLimit = 64

    private let limits: Limits
    private let group: DialogGroup
    private let subject: FindingSubject
    private var dialog: SIPDialog
    private var state = DialogState.idle
    private var clientTags: Set<String> = []
    private var confirmedTag: String?
    private var negotiations = NegotiationBuilder()
    private var detector = RecordingDetector()
    private var finals: [Transaction: Int] = [:]
    /// The request that carried each metadata part; nil for a response.
    private var carriers: [Transaction?] = []
    private var facts = DialogFacts()
    /// Request-URI of the initial INVITE by the address that it was sent to.
    private var targets: [Endpoint: String] = [:]

    init(callID: String, group: DialogGroup, limits: Limits, remainder: MessageRemainder? = nil) {
        self.group = group
        facts.remainder = remainder
        self.limits = limits
        subject = FindingSubject(callID: callID)
        let first = group.messages.first
        dialog = SIPDialog(callID: callID, transport: first?.transport ?? .udp, start: first?.time ?? .distantPast)
    }

    mutating func build(findings: inout FindingLog) -> SIPDialog {
        var seen: Set<RetransmissionKey> = []
        dialog.messages.reserveCapacity(group.messages.count)
        // Where one capture cut a message and another has it whole, the whole one speaks.
        let isCut = group.messages.contains { !$0.message.bodyIsComplete }
        let whole = isCut ? Set(group.messages.lazy.filter(\.message.bodyIsComplete).map(RetransmissionKey.init)) : []
        for var observed in group.messages {
            let key = RetransmissionKey(observed)
            let isReplaced = !observed.message.bodyIsComplete && whole.contains(key)
            observed.isRetransmission = isReplaced || !seen.insert(key).inserted
            let requestSender = self.requestSender(observed)
            observed.sender = observed.message.isRequest ? requestSender : requestSender.opposite
            dialog.messages.append(observed)
            if !observed.isRetransmission { replay(observed, sentBy: requestSender, &findings) }
        }
        finish()
        DialogRules.report(dialog, facts, subject: subject, findings: &findings)
        return dialog
    }

    private mutating func replay(_ observed: ObservedMessage, sentBy requestSender: Side, _ findings: inout FindingLog) {
        let message = observed.message
        let sender = observed.sender
        let cseq = message.cseq ?? CSeq(number: 0, method: message.method)
        let parts = message.parts(limits: limits)
        let contacts = message.contacts
        var description: SessionDescription?
        var descriptionPart: BodyPart?
        for part in parts {
            for remark in part.remarks { findings.report(remark.rule, remark.message, at: observed.origins.origin(at: remark.offset), subject: subject) }
            if part.kind == .sdp, description == nil, let parsed = SessionDescription(parsing: part.octets) {
                description = parsed
                descriptionPart = part
            }
        }
        let read = ReadMessage(
            message: message, time: observed.time, origins: observed.origins, parts: parts, from: message.from, contacts: contacts,
            tags: FeatureTags(contacts), requiresRecording: message.requires.contains("siprec"), sender: sender, requestSender: requestSender, cseq: cseq,
            description: description, descriptionPart: descriptionPart)
        if let description, let descriptionPart {
            for remark in description.remarks {
                findings.report(remark.rule, remark.message, at: read.place(descriptionPart, remark.offset), subject: subject)
            }
        }
        describeParties(read, observed.path)
        let transaction = Transaction(number: cseq.number, method: message.isRequest ? message.method : cseq.method, sender: requestSender)
        if let status = message.status, status >= 200, finals[transaction] == nil { finals[transaction] = status }
        advance(read)
        let negotiation = negotiations.take(read)
        collectMetadata(read, transaction, negotiation)
        detector.observe(read)
        facts.observe(read, transport: observed.transport)
        if let value = message.first(.sessionID), !dialog.sessionIDs.contains(value), dialog.sessionIDs.count < 256 { dialog.sessionIDs.append(value) }
    }

    /// Which party sent the request that this message is, or answers.
    private mutating func requestSender(_ observed: ObservedMessage) -> Side {
        let message = observed.message
        let requester = message.isRequest ? observed.path.source : observed.path.destination
        guard let tag = message.fromTag else { return requester == group.clientEndpoint ? .client : .server }
        if clientTags.contains(tag) { return .client }
        let isInitial = message.toTag == nil && requester == group.clientEndpoint
        guard clientTags.isEmpty || isInitial else { return .server }
        clientTags.insert(tag)
        return .client
    }

    private mutating func describeParties(_ read: ReadMessage, _ path: NetworkPath) {
        let message = read.message
        func update(_ side: Side, _ change: (inout Party) -> Void) { side == .client ? change(&dialog.client) : change(&dialog.server) }
        update(read.requestSender) { $0.describe(read.from) }
        update(read.requestSender.opposite) { $0.describe(message.to) }
        update(read.sender) { $0.endpoint = $0.endpoint ?? path.source }
        update(read.sender.opposite) { $0.endpoint = $0.endpoint ?? path.destination }
        update(read.sender) { $0.observe(read) }
        // Where a call was sent before names who is called, in requests and in their answers.
        if read.cseq.method == "INVITE" {
            update(read.requestSender.opposite) {
                $0.identify(by: .historyInfo, message)
                $0.identify(by: .diversion, message)
            }
        }
        describeBranch(read, path)
    }

    /// A branch is first seen on the hop nearest to its user agent, where the capture shows that hop at all.
    private mutating func describeBranch(_ read: ReadMessage, _ path: NetworkPath) {
        let message = read.message
        if message.isRequest {
            if message.method == "INVITE", message.toTag == nil, targets.count < Self.branchLimit, targets[path.destination] == nil,
                case .request(_, let uri) = message.startLine
            {
                targets[path.destination] = uri
            }
            return
        }
        guard read.cseq.method == "INVITE", read.requestSender == .client, let tag = message.toTag, let status = message.status, status > 100, status < 300,
            dialog.branches[tag] != nil || dialog.branches.count < Self.branchLimit
        else { return }
        var party = dialog.branches[tag] ?? Party(endpoint: path.source, tag: tag, target: targets[path.source])
        party.observe(read)
        dialog.branches[tag] = party
    }

    private mutating func advance(_ read: ReadMessage) {
        let message = read.message
        let isInvite = read.cseq.method == "INVITE"
        let event: DialogEvent?
        if let status = message.status {
            switch status {
            case _ where read.cseq.method == "BYE": event = .bye
            case _ where !isInvite: event = nil
            case ..<200: event = message.toTag == nil ? .provisional : .early
            case ..<300: event = .success
            default: event = .failure
            }
        } else {
            switch message.method {
            case "INVITE": event = message.toTag == nil ? .invite : .inDialog
            case "BYE": event = .bye
            case "CANCEL": event = nil
            default: event = message.toTag == nil ? nil : .inDialog
            }
        }
        guard let event else { return }
        if state == .idle, event != .invite { dialog.startsMidCapture = true }
        if event == .bye, let confirmedTag, let branch = read.branch, branch != confirmedTag { return }
        if event == .success || (event == .early && state != .confirmed), read.requestSender == .client, let tag = message.toTag,
            dialog.forks.count < Self.branchLimit, !dialog.forks.contains(tag)
        {
            dialog.forks.append(tag)
        }
        let next = DialogStateTable.next(state, event)
        guard next != state else { return }
        enter(next, event, read)
    }

    private mutating func enter(_ next: DialogState, _ event: DialogEvent, _ read: ReadMessage) {
        state = next
        switch next {
        case .calling, .early:
            dialog.end = nil
            dialog.endedBy = nil
        case .confirmed:
            dialog.end = nil
            dialog.endedBy = nil
            confirmedTag = read.branch
            if event == .success {
                dialog.answered = read.time
                dialog.finalStatus = read.message.status
            }
        case .failed:
            let status = read.message.status ?? 0
            dialog.end = read.time
            dialog.endedBy = .failure(status: status)
            dialog.finalStatus = status
        case .terminated:
            dialog.end = read.time
            dialog.endedBy = .bye(read.requestSender)
        case .idle: break
        }
    }

    private mutating func collectMetadata(_ read: ReadMessage, _ transaction: Transaction, _ negotiation: Int?) {
        for part in read.parts where part.kind == .recordingMetadata {
            let carrier = read.message.status.map { "\($0) \(read.cseq.method)" } ?? read.message.method
            let carried = CarriedMetadata(
                content: part.octets, origins: read.contentOrigins(part), time: read.time, sender: read.sender, carrier: carrier,
                cseq: read.cseq.number, contentType: part.contentType,
                charset: part.parameters.value("charset")?.lowercased(), disposition: part.disposition, isComplete: part.isComplete,
                isAccepted: read.message.status.map { $0 < 300 } ?? true, description: read.description, negotiationIndex: negotiation)
            guard !isKnown(carried) else { continue }
            dialog.metadata.append(carried)
            carriers.append(read.message.isRequest ? transaction : nil)
        }
    }

    /// A message is seen once on each hop of its way through proxies, under another branch: its document is one all the same.
    private func isKnown(_ new: CarriedMetadata) -> Bool {
        dialog.metadata.suffix(Self.branchLimit).contains { old in
            old.cseq == new.cseq && old.sender == new.sender && old.carrier == new.carrier && old.content == new.content
        }
    }

    private mutating func finish() {
        for (index, transaction) in carriers.enumerated() {
            if let transaction, let status = finals[transaction], status >= 300 { dialog.metadata[index].isAccepted = false }
        }
        dialog.negotiations = negotiations.finished(confirmedTag: confirmedTag)
        if let confirmedTag {
            dialog.server.tag = confirmedTag
            dialog.confirmedTag = confirmedTag
            dialog.server.target = dialog.branches[confirmedTag]?.target
        }
        if let remainder = facts.remainder { detector.observe(remainder, sender: remainder.path.source == group.clientEndpoint ? .client : .server) }
        detector.conclude(&dialog)
        facts.isConfirmed = confirmedTag != nil || state == .confirmed || dialog.answered != nil
    }
}

extension Party {
    /// Takes over what From or To says, the first time.
    mutating func describe(_ address: NameAddress?) {
        guard let address else { return }
        uri = uri ?? (address.uri.raw.isEmpty ? nil : address.uri.raw)
        displayName = displayName ?? address.displayName
        tag = tag ?? address.tag
    }

    /// Takes over what a message of this party says of its sender.
    mutating func observe(_ read: ReadMessage) {
        userAgent = userAgent ?? read.message.userAgent
        contact = contact ?? read.contacts.first.map { ContactAddress(displayName: $0.displayName, uri: $0.uri.raw) }
        identify(by: .assertedIdentity, read.message)
        identify(by: .remotePartyID, read.message)
    }

    /// Takes over what a header field says of this party, each identity once.
    mutating func identify(by header: HeaderName, _ message: SIPMessage) {
        for address in message.addresses(header) where identities.count < 64 && !address.uri.raw.isEmpty {
            // An entry of History-Info carries the reason of its diversion as a header of the URI (RFC 7044 section 10.1).
            let uri = String(address.uri.raw.prefix { $0 != "?" })
            let identity = AssertedIdentity(header: header.text.description, displayName: address.displayName, uri: uri)
            if !identities.contains(identity) { identities.append(identity) }
        }
    }
}
