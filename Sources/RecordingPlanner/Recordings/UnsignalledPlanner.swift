import CaptureSurvey
import Evidence
import PacketInput
import RecordingPlan
import RecordingRecords
import SIPDialogs
import StreamMatching

/// Plans media that no session description in the capture explains.
struct UnsignalledPlanner {
    private let survey: Survey
    private let options: ReconstructionOptions
    let media: UnsignalledMedia
    private let observed: ObservedFlows
    private let keys: KeyRing
    private let finisher: RecordingFinisher
    private let names: CanonicalNames

    init(
        survey: Survey, options: ReconstructionOptions, media: UnsignalledMedia, observed: ObservedFlows, keys: KeyRing, finisher: RecordingFinisher
    ) {
        self.survey = survey
        self.options = options
        self.media = media
        self.observed = observed
        self.keys = keys
        self.finisher = finisher
        names = media.isEmpty ? CanonicalNames() : CanonicalNames(survey)
    }

    /// Recordings of media alone.
    func recordings(_ notes: inout PlanningNotes) -> [PlannedRecording] {
        media.groups.map { group in
            let rows = group.map { survey.flows.rows[$0] }
            let first = rows[0]
            let parts = rows.map { "\($0.identity) \($0.firstSequence.value)" }.sorted()
            var recording = PlannedRecording(id: RecordingIdentity.id(kind: .media, parts: parts), kind: .media, dialogs: [])
            notes.findings.report(
                .flw003, "RTP between \(first.path.source) and \(first.path.destination) matches no signalling in the capture", at: first.firstOrigin,
                subject: FindingSubject(flow: first.identity))
            add([group], dialog: nil, to: &recording, &notes)
            finisher.finish(&recording, &notes.findings)
            return recording
        }
    }

    /// Adds the streams of a dialog whose descriptions could not be read.
    func addStreams(of dialog: Int, to recording: inout PlannedRecording, _ notes: inout PlanningNotes) {
        guard let groups = media.adopted[dialog], let first = groups.first?.first else { return }
        notes.findings.report(
            .mat011,
            "\(groups.flatMap(\.self).count) flows between the hosts of this dialog, which has no readable session description, are assigned to it",
            at: survey.flows.rows[first].firstOrigin, subject: FindingSubject(callID: survey.dialogs[dialog].callID))
        add(groups, dialog: dialog, to: &recording, &notes)
    }

    /// Adds flows that carry the call's media on hops without signalling, as streams of who is heard there. What is a copy is left out later.
    func addRelayed(of dialog: Int, to recording: inout PlannedRecording, _ notes: inout PlanningNotes) {
        for relayed in media.relayed[dialog] ?? [] {
            let flow = observed[relayed.flow]
            let callID = survey.dialogs[dialog].callID
            let resolved = keys.resolve(flow, stream: nil, callIDs: [callID], labels: [])
            notes.keyUses.add(resolved, of: flow.number)
            var planned = FlowPlanner.plan(
                flow, match: nil, stream: nil, keys: resolved, forced: options.decodeAs.codecs(of: flow.row.path), findings: &notes.findings,
                subject: FindingSubject(callID: callID, flow: flow.row.identity))
            let person = relayed.sender == .client ? "caller" : "callee"
            planned.pieces = [(FlowPiece(from: .distantPast, until: .distantFuture, participants: [person], basis: relayed.isProven ? .label : .none), nil)]
            // Where only the path speaks for it, the stream is the dialog's without a description, which is doubtful.
            var stream = PlannedStream(
                id: "s\(recording.streams.count + 1)", dialog: relayed.isProven ? nil : dialog, negotiated: nil, label: nil, metadataStreams: [],
                media: "audio",
                participants: [person])
            stream.spans = [SenderSpan(from: .distantPast, until: .distantFuture, participants: [person], basis: relayed.isProven ? .label : .none)]
            stream.flows = [planned]
            recording.streams.append(stream)
        }
    }

    /// One stream for each path. Senders are named by RTCP where every path has a canonical name of its own; one name for all is that of the
    /// machine that relays them.
    private func add(_ groups: [[Int]], dialog: Int?, to recording: inout PlannedRecording, _ notes: inout PlanningNotes) {
        let callID = dialog.map { survey.dialogs[$0].callID }
        var streamOf: [StreamKey: Int] = [:]
        let flows = groups.flatMap(\.self)
        let seen = flows.map { observed[$0] }
        var opened: [FlowKeys] = []
        for flow in seen {
            let resolved = keys.resolve(flow, stream: nil, callIDs: callID.map { [$0] } ?? [], labels: [])
            notes.keyUses.add(resolved, of: flow.number)
            opened.append(resolved)
        }
        let people = canonicalNames(seen, opened)
        for (flow, resolved) in zip(seen, opened) {
            let row = flow.row
            var planned = FlowPlanner.plan(
                flow, match: nil, stream: nil, keys: resolved,
                forced: options.decodeAs.codecs(of: row.path), findings: &notes.findings, subject: FindingSubject(callID: callID, flow: row.identity))
            let kind = MediaKind(flow, planned)
            note(kind, of: &planned, row, callID, &notes)
            let name = people[row.path]
            planned.pieces = [
                (FlowPiece(from: .distantPast, until: .distantFuture, participants: name.map { [$0] } ?? [], basis: name == nil ? .none : .canonicalName), nil)
            ]
            if let name, !recording.participants.contains(where: { $0.id == name }) {
                recording.participants.append(ParticipantPlanner.canonical(name))
            }
            let key = StreamKey(path: row.path, media: kind.word)
            if let index = streamOf[key] {
                recording.streams[index].flows.append(planned)
            } else {
                streamOf[key] = recording.streams.count
                var stream = PlannedStream(
                    id: "s\(recording.streams.count + 1)", dialog: dialog, negotiated: nil, label: nil, metadataStreams: [], media: kind.word,
                    participants: name.map { [$0] } ?? [])
                stream.flows = [planned]
                recording.streams.append(stream)
            }
        }
    }

    /// Says what is not sound, and why.
    private func note(_ kind: MediaKind, of planned: inout PlannedFlow, _ row: FlowRow, _ callID: String?, _ notes: inout PlanningNotes) {
        guard let reason = kind.reason else { return }
        if let (type, codec) = kind.encoding {
            for index in planned.payloadMaps.indices { planned.payloadMaps[index].map[type] = codec }
            planned.inferredTypes.append(type)
        }
        notes.findings.report(
            .mat040, "\(row.identity) is \(kind.word == "unknown" ? "of unknown media" : kind.word): \(reason)", at: row.firstOrigin,
            subject: FindingSubject(callID: callID, flow: row.identity), count: row.distinctPackets)
    }

    /// One path may carry sound and pictures (RFC 8843).
    private struct StreamKey: Hashable {
        let path: NetworkPath
        let media: String
    }

    /// Canonical name of each path where it has exactly one and no other path has the same.
    private func canonicalNames(_ flows: [ObservedFlow], _ opened: [FlowKeys]) -> [NetworkPath: String] {
        var found: [NetworkPath: Set<String>] = [:]
        for (row, keys) in zip(flows.lazy.map(\.row), opened) {
            if let name = keys.control?.words.cnames[row.ssrc] { found[row.path, default: []].insert(name) }
            if let names = names.names(of: row) { found[row.path, default: []].formUnion(names) }
        }
        let single = found.filter { $0.value.count == 1 }.compactMapValues(\.first)
        var counts: [String: Int] = [:]
        for name in single.values { counts[name, default: 0] += 1 }
        return single.filter { counts[$0.value] == 1 }
    }
}
