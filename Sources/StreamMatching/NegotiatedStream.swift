package import Evidence
package import SDPSyntax
package import SIPDialogs

/// What offer and answer say of one media stream between two changes (RFC 3264).
package struct NegotiationEpoch: Sendable {
    /// Packets may arrive from here on: the offer's time, because media can overtake the answer.
    package let from: CaptureTime
    /// When the next description took effect; nil while the dialog lasts.
    package internal(set) var until: CaptureTime?
    /// Where the receiver asked for the media; nil without an answer.
    package let destination: Endpoint?
    /// Where the sender's own description says that it receives, and so, with symmetric RTP (RFC 4961), sends from.
    package let source: Endpoint?
    /// Other addresses that receiver and sender offer for connectivity checks (RFC 8445): one of them may have been nominated.
    package let destinationCandidates: [Endpoint]
    package let sourceCandidates: [Endpoint]
    /// Payload types as the receiver mapped them, then those that only the sender named.
    package let formats: [PayloadFormat]
    /// Keys that protect what the sender sends (RFC 4568 section 5.1: a key protects the packets of the party that wrote it).
    package let crypto: [CryptoAttribute]
    package let isSecure: Bool
    /// One description asks for SRTP and the other offers plain RTP without any keys: they were captured on the two sides of a relay.
    package let isMixedSecurity: Bool
    /// Whether the directions let the sender send.
    package let isActive: Bool
    /// A later description put the address of zeros where one stood before: hold as RFC 2543 had it (RFC 3264 section 8.4). The address says
    /// nothing for certain, so packets that come all the same are heard.
    package internal(set) var isHeldByAddress = false
    /// `a=label` (RFC 4574) of the sender's description, else of the receiver's.
    package let label: String?
    package let ssrcs: [SSRC]
    /// `a=mid` (RFC 5888) of the sender's description, else of the receiver's.
    package let mid: String?
    /// Identifier of the header extension in which packets carry the `a=mid` of their line; nil where none was negotiated.
    package let midExtension: UInt8?
    /// Media lines that the same description ties to others.
    package let mediaGroups: [MediaGroup]
    /// Sources of this line that the sender ties to one another.
    package let sourceGroups: [SourceGroup]
    package let isAnswered: Bool
    /// Kind of media that took the line meanwhile, `image` for a fax in a voice call; nil while the line is this stream's. Packets of the stream
    /// that come all the same are heard.
    package let replacement: String?
    /// Its packets are datagrams of UDPTL (ITU-T T.38), not RTP.
    package let isFax: Bool
    /// Index into the dialog's negotiations.
    package let negotiation: Int

    /// Whether the sender is expected to be heard.
    package var isOpen: Bool { isActive && !isHeldByAddress }
    /// Whether the line has a port, or had one that hold took away.
    package var isPlaced: Bool { source != nil || destination != nil || isHeldByAddress }
}

/// One media stream of a dialog in one direction: what `sender` sends on m-line `mediaIndex`, over time.
package struct NegotiatedStream: Sendable {
    /// Index into the dialogs given.
    package let dialog: Int
    package let mediaIndex: Int
    package let sender: Side
    /// `audio`, `video`, `text`, `message`, `image`.
    package let kind: String
    /// Tag of the branch of a forked INVITE where another one won, or none did; nil for the dialog itself.
    package let branch: String?
    package internal(set) var epochs: [NegotiationEpoch]

    /// The label in force at `time`, else the first one ever given.
    package func label(at time: CaptureTime) -> String? {
        epochs.last { $0.from <= time && $0.label != nil }?.label ?? epochs.first { $0.label != nil }?.label
    }

    /// Whether a description says of the two m-lines that they belong together like this.
    package func isGrouped(_ semantics: GroupSemantics, with other: NegotiatedStream) -> Bool {
        guard dialog == other.dialog, sender == other.sender else { return false }
        return epochs.contains { epoch in
            guard let mid = epoch.mid, let twin = other.epochs.first(where: { $0.negotiation == epoch.negotiation })?.mid, mid != twin else { return false }
            return epoch.mediaGroups.contains { $0.semantics == semantics && $0.members.contains(mid) && $0.members.contains(twin) }
        }
    }

    /// Sources that a description ties to `source` like this, without itself.
    package func partners(of source: SSRC, _ semantics: GroupSemantics) -> Set<SSRC> {
        let groups = epochs.flatMap(\.sourceGroups).filter { $0.semantics == semantics && $0.members.contains(source) }
        return Set(groups.flatMap(\.members)).subtracting([source])
    }

    /// From when each label held, in order.
    var labelChanges: [(from: CaptureTime, label: String)] {
        var out: [(from: CaptureTime, label: String)] = []
        for epoch in epochs {
            if let label = epoch.label, out.last?.label != label { out.append((epoch.from, label)) }
        }
        return out
    }

    /// Every label that the stream had, in order.
    package var labels: [String] {
        var out: [String] = []
        for case let label? in epochs.map(\.label) where out.last != label { out.append(label) }
        return out
    }
}

extension SIPDialog {
    /// The streams that this dialog negotiated, by m-line and sender.
    ///
    /// Refused offers are left out: their addresses and keys never took effect. But early media flows before an answer (RFC 3960), also
    /// from a branch that loses or in a call that fails: what a provisional answer agreed is listed up to the refusal. In a recording
    /// session only what the SRC sends is listed unless the other direction was negotiated as active.
    package func negotiatedStreams(dialogIndex: Int) -> [NegotiatedStream] {
        var streams: [NegotiatedStream] = []
        var places: [StreamKey: Int] = [:]
        // Whose each line is now.
        var owners: [LineKey: Int] = [:]
        var generations: [LineKey: Int] = [:]
        for (number, negotiation) in negotiations.enumerated() {
            let isLost = answered != nil && !negotiation.isOnConfirmedBranch
            var end = isLost ? negotiation.refusedTime ?? answered : nil
            if case .rejected = negotiation.outcome {
                guard negotiation.answer != nil, isLost || answered == nil else { continue }
                end = negotiation.refusedTime
            }
            if isLost, negotiation.answer == nil { continue }
            let branch = isLost || (answered == nil && forks.count > 1) ? negotiation.branch : nil
            let count = max(negotiation.offer.media.count, negotiation.answer?.media.count ?? 0)
            for index in 0..<count {
                let lines = negotiation.lines(at: index)
                for sender in [negotiation.offerer, negotiation.offerer.other] {
                    let isOfferer = sender == negotiation.offerer
                    let (own, peer) = isOfferer ? (lines.offer, lines.answer) : (lines.answer, lines.offer)
                    guard let kind = own?.kind ?? peer?.kind else { continue }
                    let line = LineKey(mediaIndex: index, sender: sender, branch: branch)
                    let current = owners[line]
                    if let current, streams[current].kind != kind {
                        // A line becomes another medium when that is agreed on (RFC 3264 section 8.3.3).
                        if negotiation.answer == nil { continue }
                        streams[current].close(by: negotiation, number: number, kind: kind, until: end)
                    }
                    var epoch = NegotiationEpoch(negotiation, number: number, own: own, peer: peer, isOfferer: isOfferer, until: end)
                    if let current, streams[current].isSucceeded(by: epoch) {
                        // A closed line that comes back with another label is another stream's (RFC 3264 section 5.1).
                        let last = streams[current].epochs.count - 1
                        streams[current].epochs[last].until = negotiation.answerTime ?? negotiation.offerTime
                        generations[line, default: 0] += 1
                    }
                    let key = StreamKey(line: line, kind: kind, generation: generations[line] ?? 0)
                    owners[line] = places[key] ?? streams.count
                    if let place = places[key] {
                        // From the first description on, zeros stand for an address that is not known yet (RFC 8840 section 4.1.1).
                        epoch.isHeldByAddress =
                            streams[place].epochs.contains(where: \.isPlaced)
                            && negotiation.holdsByAddress(mediaIndex: index, sender: sender, isRecording: role == .recording)
                        let last = streams[place].epochs.count - 1
                        streams[place].epochs[last].until = negotiation.answerTime ?? negotiation.offerTime
                        streams[place].epochs.append(epoch)
                    } else {
                        places[key] = streams.count
                        streams.append(NegotiatedStream(dialog: dialogIndex, mediaIndex: index, sender: sender, kind: kind, branch: branch, epochs: [epoch]))
                    }
                }
            }
        }
        return streams.filter { stream in
            stream.epochs.contains(where: \.isActive) || (role == .recording && recorderSide == stream.sender)
        }
    }
}

extension Side {
    /// The opposite party.
    package var other: Side { self == .client ? .server : .client }
}

private struct LineKey: Hashable {
    let mediaIndex: Int
    let sender: Side
    let branch: String?
}

private struct StreamKey: Hashable {
    let line: LineKey
    let kind: String
    /// How many streams with labels of their own had the line before.
    let generation: Int
}

extension NegotiatedStream {
    /// Whether the line was closed, and is open now for somebody else.
    fileprivate func isSucceeded(by epoch: NegotiationEpoch) -> Bool {
        guard let last = epochs.last, !last.isPlaced, last.replacement == nil, epoch.isPlaced, let new = epoch.label, let old = labels.last else {
            return false
        }
        return new != old
    }

    /// The line is another medium's from this negotiation on.
    fileprivate mutating func close(by negotiation: Negotiation, number: Int, kind: String, until: CaptureTime?) {
        guard let last = epochs.indices.last, epochs[last].replacement == nil else { return }
        epochs[last].until = negotiation.answerTime ?? negotiation.offerTime
        epochs.append(NegotiationEpoch(replacedBy: kind, negotiation, number: number, until: until))
    }
}

/// What one description says of one media line: read once for the streams of both directions. A class, as it goes through many optionals, each
/// of which would copy all its fields.
private final class DescribedLine {
    let kind: String
    let direction: MediaDirection
    let isRejected: Bool
    let isSecure: Bool
    /// Neither the profile nor any attribute speaks of encryption.
    let isPlain: Bool
    let formats: [PayloadFormat]
    let cryptoLines: [CryptoAttribute]
    /// Keys in capability attributes (RFC 5939 section 3.4.1, RFC 6871): what an accepted potential configuration makes of them.
    let potentialKeys: [CryptoAttribute]
    let endpoint: Endpoint?
    let candidates: [Endpoint]
    let label: String?
    let mid: String?
    let midExtension: UInt8?
    let ssrcs: [SSRC]
    let mediaGroups: [MediaGroup]
    let sourceGroups: [SourceGroup]
    let isFax: Bool

    init(_ media: MediaDescription, in description: SessionDescription, isBundled: Bool) {
        kind = media.kind
        direction = description.direction(of: media)
        isRejected = media.isRejected
        isSecure = media.isSecure
        isPlain = !media.isSecure && !media.hasKeying && !["acap", "tcap", "pcfg"].contains(where: media.hasAttribute)
        formats = media.payloadFormats
        cryptoLines = media.cryptoLines
        potentialKeys = media.attributes.named("acap").compactMap { attribute in
            guard let value = attribute.trimmedValue, let space = value.firstIndex(of: " ") else { return nil }
            let capability = value[value.index(after: space)...]
            guard capability.lowercased().hasPrefix("crypto:") else { return nil }
            return CryptoAttribute(parsing: String(capability.dropFirst(7)), offset: attribute.offset)
        }
        // What the answer bundles goes over one address (RFC 9143 section 7.3).
        let head = isBundled ? description.bundleHead(of: media) ?? media : media
        if let address = (head.connection ?? description.connection)?.address, !address.isUnspecified, head.port != 0 {
            endpoint = Endpoint(address, head.port)
        } else {
            endpoint = nil
        }
        candidates = head.candidates
        label = media.label
        mid = media.mid
        midExtension = media.headerExtensions[MediaDescription.identificationURI]
        ssrcs = media.ssrcs
        mediaGroups = description.mediaGroups
        sourceGroups = media.sourceGroups
        isFax = media.kind == "image" && media.transport.containsIgnoringCase("udptl")
    }
}

extension NegotiationEpoch {
    /// `own`: what the sender says of the line; `peer`: what the receiver says. One of them at least is there.
    fileprivate init(_ negotiation: Negotiation, number: Int, own: DescribedLine?, peer: DescribedLine?, isOfferer: Bool, until: CaptureTime?) {
        let isRejected = (own?.isRejected ?? false) || (peer?.isRejected ?? false)
        from = negotiation.offerTime
        self.until = until
        destination = isRejected ? nil : peer?.endpoint
        source = isRejected ? nil : own?.endpoint
        destinationCandidates = isRejected ? [] : peer?.candidates ?? []
        sourceCandidates = isRejected ? [] : own?.candidates ?? []
        var formats = peer?.formats ?? []
        for format in own?.formats ?? [] where !formats.contains(where: { $0.payloadType == format.payloadType }) { formats.append(format) }
        self.formats = formats
        var crypto = own?.cryptoLines ?? []
        if isOfferer, let chosen = peer?.cryptoLines, !chosen.isEmpty {
            let tags = chosen.map(\.tag)
            let selected = crypto.filter { tags.contains($0.tag) }
            if !selected.isEmpty { crypto = selected }
        }
        self.crypto = crypto.isEmpty ? own?.potentialKeys ?? [] : crypto
        isMixedSecurity = (own?.isPlain ?? false) && (peer?.isSecure ?? false)
        isSecure = !isMixedSecurity && ((peer ?? own)?.isSecure ?? false)
        // Without an answer only the offerer's wishes are known.
        isActive = (own?.direction.sends ?? true) && (peer?.direction.receives ?? true) && !isRejected
        label = own?.label ?? peer?.label
        ssrcs = own?.ssrcs ?? []
        mid = own?.mid ?? peer?.mid
        midExtension = (own ?? peer)?.midExtension
        mediaGroups = (own?.mid != nil ? own : peer)?.mediaGroups ?? []
        sourceGroups = own?.sourceGroups ?? []
        isAnswered = negotiation.answer != nil
        replacement = nil
        isFax = (own ?? peer)?.isFax ?? false
        self.negotiation = number
    }

    /// A time in which the line is another medium's.
    fileprivate init(replacedBy kind: String, _ negotiation: Negotiation, number: Int, until: CaptureTime?) {
        from = negotiation.offerTime
        self.until = until
        destination = nil
        source = nil
        destinationCandidates = []
        sourceCandidates = []
        formats = []
        crypto = []
        isSecure = false
        isMixedSecurity = false
        isActive = false
        label = nil
        ssrcs = []
        mid = nil
        midExtension = nil
        mediaGroups = []
        sourceGroups = []
        isAnswered = true
        replacement = kind
        isFax = false
        self.negotiation = number
    }
}

extension Negotiation {
    fileprivate func lines(at index: Int) -> (offer: DescribedLine?, answer: DescribedLine?) {
        var isBundled = false
        if let answer, index < answer.media.count { isBundled = answer.bundleHead(of: answer.media[index]) != nil }
        func line(_ description: SessionDescription?) -> DescribedLine? {
            guard let description, index < description.media.count else { return nil }
            return DescribedLine(description.media[index], in: description, isBundled: isBundled)
        }
        return (line(offer), line(answer))
    }

    /// Whether who is to hear the sender says zeros for an address; the client of a recording session, who hears nobody, says it of itself.
    fileprivate func holdsByAddress(mediaIndex: Int, sender: Side, isRecording: Bool) -> Bool {
        let described = [offer, answer].compactMap { $0 }
        let others = sender == offerer ? described.dropFirst() : described.prefix(1)
        return (isRecording ? described[...] : others).contains { description in
            guard mediaIndex < description.media.count else { return false }
            let media = description.media[mediaIndex]
            let address = (media.connection ?? description.connection)?.address
            return address?.isUnspecified == true && !media.isRejected && !media.hasAttribute("candidate") && !media.hasAttribute("ice-ufrag")
        }
    }
}
