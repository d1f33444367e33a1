import Evidence

/// From a sidecar to a vCon (draft-ietf-vcon-vcon-core, with `sip-signaling` for Call-IDs).
///
/// Only what both the schema of the working group and the readers of the field take: parties as lists, every attachment with a purpose.
struct VConBuilder {
    let record: RecordingRecord
    let request: VConRequest
    private let sha1: Digest
    /// Paths of the files that the marks in the container stand for, by number.
    private(set) var files: [String] = []

    init(_ record: RecordingRecord, _ request: VConRequest, sha1: @escaping Digest) {
        self.record = record
        self.request = request
        self.sha1 = sha1
    }

    mutating func build() -> VCon? {
        guard let start = CaptureTime.parse(record.start)?.time, let uuid = VConIdentifier.ofRecording(id: record.id, start: start, sha1: sha1) else {
            return nil
        }
        var dialogs = dialogs(start)
        dialogs += transfers(dialogs)
        let tool = record.provenance.tool
        let program = VCon.Party(name: tool.name, validation: "none", type: "bot")
        let attachments = attachments(party: record.participants.count)
        return VCon(
            uuid: uuid, created_at: request.createdAt?.rfc3339 ?? record.end,
            extensions: dialogs.contains { $0.sip_call_id != nil } ? ["sip-signaling"] : nil,
            parties: record.participants.map(Self.party) + [program], dialog: dialogs,
            analysis: [VCon.Analysis(product: "\(tool.name) \(tool.version)", dialog: Array(dialogs.indices), body: completeness)],
            attachments: attachments.isEmpty ? nil : attachments)
    }

    /// An address goes where its scheme says. One without a scheme is no address of either kind, so it stands in for the name.
    private static func party(_ participant: ParticipantRecord) -> VCon.Party {
        var party = VCon.Party(name: participant.names.last { !$0.value.isEmpty }?.value, uuid: VConIdentifier.ofParticipant(participant.id))
        if let address = participant.aor {
            let scheme = address.prefix { $0 != ":" }.lowercased()
            switch scheme {
            case "sip", "sips": party.sip = address
            case "tel": party.tel = address
            default: party.name = party.name ?? address
            }
        }
        party.validation = party.name.map { _ in "none" }
        return party
    }

    private var numbers: [String: Int] { Dictionary(record.participants.enumerated().map { ($0.element.id, $0.offset) }) { first, _ in first } }

    private mutating func dialogs(_ start: CaptureTime) -> [VCon.Dialog] {
        let numbers = numbers
        let caller = record.kind == RecordingKind.call.rawValue ? numbers["caller"] : nil
        let session = sessionID
        var out: [VCon.Dialog] = []
        for file in record.files where [.participant, .mix, .stream, .text, .video].contains(file.role) {
            let parties = file.participants.compactMap { numbers[$0] }
            let offset = file.offset?.value ?? 0
            var dialog = VCon.Dialog(
                type: file.role == .text ? .text : .recording, start: file.start ?? start.advanced(bySeconds: offset).rfc3339,
                duration: record.duration, parties: Self.channels(parties, file.channels ?? 1))
            if let frames = file.frames, let rate = file.sampleRate, rate > 0 { dialog.duration = Seconds(Double(frames) / Double(rate)) }
            if let caller, parties.first != caller { dialog.originator = caller }
            dialog.mediatype = file.mediaType == "audio/wav" ? "audio/x-wav" : file.mediaType
            dialog.filename = file.path
            if request.content == .inline {
                dialog.body = mark(file.path)
                dialog.encoding = .base64url
            } else {
                dialog.content_hash = mark(file.path, prefix: "sha512-")
            }
            dialog.session_id = session
            let history = history(of: Set(parties), numbers)
            dialog.party_history = history.isEmpty ? nil : history
            // One Call-ID or none: a file may hold what several dialogs carried.
            let calls = Set(record.dialogs.filter { $0.relation == nil }.map(\.callID))
            dialog.sip_call_id = calls.count == 1 ? calls.first : nil
            out.append(dialog)
        }
        if out.isEmpty {
            out.append(VCon.Dialog(type: .recording, start: record.start, duration: record.duration, parties: record.participants.indices.map { .one($0) }))
        }
        return out
    }

    /// A dialog for each transfer whose three parties are known: who left, who came, and the only other one who was there then.
    private func transfers(_ files: [VCon.Dialog]) -> [VCon.Dialog] {
        let numbers = numbers
        return record.events.filter { $0.type == .transfer }.compactMap { event in
            guard let left = event.detail["from"], let came = event.detail["to"], let transferor = numbers[left], let target = numbers[came] else { return nil }
            let others = record.participants.filter { $0.id != left && $0.id != came && Self.isPresent($0, at: event.time) }
            guard others.count == 1, let transferee = numbers[others[0].id] else { return nil }
            func places(_ party: Int) -> [Int]? {
                let all = files.indices.filter { Self.parties(of: files[$0]).contains { $0 == party || $0 == transferee } }
                return all.isEmpty ? nil : all
            }
            var dialog = VCon.Dialog(type: .transfer, start: event.time)
            dialog.transferee = transferee
            dialog.transferor = transferor
            dialog.transfer_target = target
            dialog.original = places(transferor)
            dialog.target_dialog = places(target)
            return dialog
        }
    }

    private static func isPresent(_ participant: ParticipantRecord, at text: String) -> Bool {
        guard let time = CaptureTime.parse(text)?.time else { return false }
        return participant.sessions.contains { membership in
            guard let start = membership.start.flatMap(CaptureTime.parse)?.time, start <= time else { return false }
            return membership.end.flatMap(CaptureTime.parse).map { time < $0.time } ?? true
        }
    }

    private static func parties(of dialog: VCon.Dialog) -> [Int] {
        (dialog.parties ?? []).flatMap { channel -> [Int] in
            switch channel {
            case .one(let party): [party]
            case .several(let parties): parties
            }
        }
    }

    /// Everybody for one channel; for several, an entry each, with everybody wherever it is not known who is in which.
    private static func channels(_ parties: [Int], _ channels: Int) -> [VCon.Channel] {
        if channels <= 1 || parties.count == channels { return parties.map { .one($0) } }
        return Array(repeating: parties.count == 1 ? .one(parties[0]) : .several(parties), count: channels)
    }

    /// The session identifier where one goes for the whole recording; with several, nothing tells whose is which.
    private var sessionID: VCon.SessionID? {
        let all = record.sessions.flatMap(\.sipSessionIDs).map { $0.filter { !$0.isWhitespace } }
        guard let text = all.first, all.allSatisfy({ $0 == text }) else { return nil }
        let parts = text.split(separator: ";")
        func isIdentifier(_ text: Substring) -> Bool {
            text.utf8.count == 32 && text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
        }
        guard let local = parts.first, isIdentifier(local) else { return nil }
        let remote = parts.dropFirst().first { $0.hasPrefix("remote=") }?.dropFirst(7)
        return VCon.SessionID(local: String(local), remote: remote.flatMap { isIdentifier($0) ? String($0) : nil })
    }

    private func history(of parties: Set<Int>, _ numbers: [String: Int]) -> [VCon.PartyEvent] {
        var out: [VCon.PartyEvent] = []
        /// Streams on hold: the end of a pause of the recording is no end of a hold.
        var held: Set<String> = []
        for event in record.events {
            let kind: VCon.PartyEvent.Kind
            switch event.type {
            case .join: kind = .join
            case .leave: kind = .drop
            case .hold:
                kind = .hold
                held.insert(event.stream ?? "")
            case .resume:
                guard held.remove(event.stream ?? "") != nil else { continue }
                kind = .unhold
            case .dtmf: kind = .keydown
            default: continue
            }
            for party in event.participants.compactMap({ numbers[$0] }) where parties.contains(party) {
                let button = kind == .keydown ? event.detail["digit"] ?? "" : nil
                out.append(VCon.PartyEvent(party: party, time: event.time, event: kind, button: button))
                if kind == .keydown, let text = event.detail["duration"], let seconds = Double(text), let time = CaptureTime.parse(event.time)?.time {
                    out.append(VCon.PartyEvent(party: party, time: time.advanced(bySeconds: seconds).rfc3339, event: .keyup, button: button))
                }
            }
        }
        return out.enumerated().sorted { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }.map(\.element)
    }

    /// The metadata documents as they came, contributed by the program: it is not told who of the parties has a recorder.
    private mutating func attachments(party: Int) -> [VCon.Attachment] {
        let times = record.events.filter { $0.type == .metadata }.map(\.time)
        return record.files.filter { $0.role == .metadata }.enumerated().map { number, file in
            VCon.Attachment(
                purpose: "rs-metadata", start: number < times.count ? times[number] : record.start, party: party, dialog: 0, mediatype: file.mediaType,
                filename: file.path, body: mark(file.path), encoding: .base64url)
        }
    }

    private var completeness: VCon.Completeness {
        VCon.Completeness(
            recording: "recording.json", complete: record.complete,
            findings: record.findings.map { VCon.Completeness.Statement(rule: $0.rule, severity: $0.severity, message: $0.message, count: $0.count) },
            streams: record.streams.filter { !$0.gaps.isEmpty }.map { VCon.Completeness.Gaps(label: $0.label, stream: $0.id, gaps: $0.gaps) })
    }

    private mutating func mark(_ path: String, prefix: String = "") -> VCon.FileMark {
        files.append(path)
        return VCon.FileMark(number: files.count - 1, prefix: prefix)
    }
}
