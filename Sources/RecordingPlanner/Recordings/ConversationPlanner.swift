import CaptureSurvey
import Evidence
import MediaPlayout
import PacketInput
import RecordingMetadata
import RecordingPlan
import RecordingRecords
import SIPDialogs
import StreamMatching

/// From conversations to planned recordings.
struct ConversationPlanner {
    let survey: Survey
    let options: ReconstructionOptions
    let streams: NegotiatedStreams
    let matching: FlowMatching
    let metadata: SessionMetadata
    let unsignalled: UnsignalledPlanner
    let observed: ObservedFlows
    let keys: KeyRing
    let control: ControlIndex
    let finisher: RecordingFinisher
    let duplicates: DuplicateMedia

    /// One for each conversation of the capture that was answered or left media.
    func recordings(_ notes: inout PlanningNotes) -> [PlannedRecording] {
        var out: [PlannedRecording] = []
        var identities = RecordingIdentity()
        let isWanted = { (dialog: SIPDialog) in dialog.answered != nil || !dialog.negotiations.isEmpty }
        let hops = options.rule == .dialog ? [] : HopFinder.pairs(survey, streams, matching, media: duplicates.media, wanted: isWanted)
        let conversations = ConversationGrouping.conversations(
            dialogs: survey.dialogs.all, timelines: metadata.timelines, hops: hops, by: options.rule, wanted: isWanted)
        let cuts = cuts(conversations)
        reportIdle(cuts, &notes.findings)
        for (number, conversation) in conversations.enumerated() {
            let group = conversation.dialogs
            let kind: RecordingKind = survey.dialogs[group[0]].role == .recording ? .siprec : .call
            let hasMedia = group.contains { unsignalled.media.adopted[$0] != nil || streams.ofDialog[$0].contains { !matching.parts(of: $0).isEmpty } }
            let wasAnswered = group.contains { survey.dialogs[$0].answered != nil }
            // A call that was never answered and left no media is signalling only; `inspect` lists it.
            guard hasMedia || wasAnswered else { continue }
            let id = identities.id(kind: kind, parts: identifyingParts(of: conversation))
            out.append(recording(id, kind, conversation, number: number, cuts, &notes))
        }
        return out
    }

    /// What the id is derived from.
    private func identifyingParts(of conversation: Conversation) -> [String] {
        let callIDs = conversation.dialogs.map { survey.dialogs[$0].callID }.sorted()
        return switch conversation.key {
        case .callIDs: callIDs
        case .global(let name): [name]
        case .within(let name): callIDs + [name]
        }
    }

    /// How each dialog that carries several conversations is divided.
    private func cuts(_ conversations: [Conversation]) -> [Int: DialogCuts] {
        var windows: [Int: [(conversation: Int, from: CaptureTime, until: CaptureTime)]] = [:]
        for (number, conversation) in conversations.enumerated() {
            for (dialog, ids) in conversation.sessions {
                let intervals = (metadata.timelines[dialog]?.sessions ?? []).filter { ids.contains($0.id) }.flatMap(\.intervals)
                guard let from = intervals.map(\.start).min() else { continue }
                let until = intervals.map { $0.end ?? survey.dialogs[dialog].end ?? .distantFuture }.max() ?? .distantFuture
                windows[dialog, default: []].append((number, from, until))
            }
        }
        return windows.mapValues { list in
            var sorted = list.sorted { ($0.from, $0.conversation) < ($1.from, $1.conversation) }
            for index in sorted.indices.dropLast() { sorted[index].until = min(sorted[index].until, sorted[index + 1].from) }
            return DialogCuts(sorted)
        }
    }

    /// Media of a recording session between its conversations is in no recording: said once for each dialog.
    private func reportIdle(_ cuts: [Int: DialogCuts], _ findings: inout FindingLog) {
        for (dialog, cut) in cuts.sorted(by: { $0.key < $1.key }) {
            let rows = streams.ofDialog[dialog].flatMap { matching[$0] }.map { survey.flows.rows[$0] }
            let idle = rows.map { (row: $0, seconds: cut.idle(first: $0.firstArrival, last: $0.lastArrival)) }.filter { $0.seconds >= 1 }
            guard let longest = idle.max(by: { $0.seconds < $1.seconds }) else { continue }
            findings.report(
                .mat008, "\(Int(longest.seconds)) s of media between communication sessions are in no recording; --by dialog keeps them",
                at: longest.row.firstOrigin, subject: FindingSubject(callID: survey.dialogs[dialog].callID), count: idle.count)
        }
    }

    private func recording(
        _ id: String, _ kind: RecordingKind, _ conversation: Conversation, number: Int, _ cuts: [Int: DialogCuts], _ notes: inout PlanningNotes
    ) -> PlannedRecording {
        let dialogs = conversation.dialogs
        var recording = PlannedRecording(id: id, kind: kind, dialogs: dialogs)
        recording.sessions = conversation.sessions
        for dialog in dialogs {
            let timeline = metadata.timelines[dialog]
            recording.timelines[dialog] = conversation.sessions[dialog].map { timeline?.selecting(sessions: $0) } ?? timeline
            recording.dialects[dialog] = metadata.dialects[dialog]
        }
        IdentityDisambiguation.apply(to: &recording)
        let speakers = kind == .siprec ? dialogs.map { VendorRecording.speakers(of: survey.dialogs[$0]) } : dialogs.map { _ in [] }
        recording.participants = kind == .siprec ? ParticipantPlanner.metadata(recording) : ParticipantPlanner.parties(survey.dialogs[dialogs[0]])
        if recording.participants.isEmpty { recording.participants = VendorRecording.participants(speakers.flatMap(\.self)) }
        let hops = dialogs.filter { dialog in streams.ofDialog[dialog].contains { !matching.parts(of: $0).isEmpty } }
        for (place, dialog) in dialogs.enumerated() {
            let source = survey.dialogs[dialog]
            let own = streams.ofDialog[dialog]
            let paths = Set(own.flatMap { matching[$0] }.map { survey.flows.rows[$0].path })
            let sent = own.filter { kind != .siprec || source.recorderSide == nil || streams[$0].sender == source.recorderSide }
            // Branches of a forked INVITE have the same labels: each stands for itself.
            var bindings: [String?: SenderBinding] = [:]
            for (branch, lines) in Dictionary(grouping: sent, by: { streams[$0].branch }) {
                bindings[branch] = recording.timelines[dialog].map { SenderBinding(streams: lines.map { ($0, streams[$0]) }, timeline: $0) }
            }
            for index in own {
                let stream = streams[index]
                let binding = bindings[stream.branch]
                let flows = windows(of: index, conversation: number, cuts[dialog])
                // Nobody listens to a recorder, nor has to speak to a branch that lost.
                if (kind == .siprec && !sent.contains(index)) || stream.branch != nil, flows.isEmpty { continue }
                // Another hop of the call has the media.
                if kind == .call, flows.isEmpty, !hops.isEmpty, !hops.contains(dialog) { continue }
                if conversation.sessions[dialog] != nil, flows.isEmpty, binding?.metadataStreams[index] == nil { continue }
                addStream(index, stream, flows: flows, binding: binding, speakers: speakers[place], paths: paths, to: &recording, &notes)
            }
        }
        for dialog in dialogs { unsignalled.addStreams(of: dialog, to: &recording, &notes) }
        if kind == .call { for dialog in dialogs { unsignalled.addRelayed(of: dialog, to: &recording, &notes) } }
        duplicates.joinGroups(&recording, &notes.findings)
        duplicates.joinTwins(&recording, &notes.findings)
        duplicates.joinHops(&recording, &notes.findings)
        finisher.finish(&recording, &notes.findings)
        CanonicalContradictions(survey: survey, index: control).apply(to: &recording, &notes.findings)
        ControlReporter(survey: survey, index: control, recording: recording).report(to: &notes.findings)
        return recording
    }

    /// The flows of a stream in order of time, each with the part that belongs to this conversation.
    private func windows(of stream: Int, conversation: Int, _ cuts: DialogCuts?) -> [(flow: Int, window: FlowWindow)] {
        let flows = matching.parts(of: stream).sorted { survey.flows.rows[$0.flow].firstArrival < survey.flows.rows[$1.flow].firstArrival }
        guard let cuts else { return flows }
        return flows.compactMap { flow, window in
            let row = survey.flows.rows[flow]
            let (first, last) = (max(row.firstArrival, window.from), min(row.lastArrival, window.until))
            guard let own = cuts.window(of: conversation, first: first, last: last) else { return nil }
            return (flow, window.isWhole ? own : FlowWindow(from: max(own.from, window.from), until: min(own.until, window.until)))
        }
    }

    private func addStream(
        _ index: Int, _ stream: NegotiatedStream, flows: [(flow: Int, window: FlowWindow)], binding: SenderBinding?, speakers: [VendorRecording.Speaker],
        paths: Set<NetworkPath>, to recording: inout PlannedRecording, _ notes: inout PlanningNotes
    ) {
        let dialog = survey.dialogs[stream.dialog]
        var spans = binding?.spans(of: index) ?? []
        if spans.isEmpty { spans = VendorRecording.spans(speakers, mediaIndex: stream.mediaIndex) }
        if recording.kind == .call {
            let sender = stream.sender == .client ? "caller" : calleeID(stream, dialog, hasFlows: !flows.isEmpty, &recording)
            spans = [SenderSpan(from: .distantPast, until: .distantFuture, participants: [sender], basis: .label)]
        }
        var planned = PlannedStream(
            id: "s\(recording.streams.count + 1)", dialog: stream.dialog, negotiated: stream, label: stream.labels.last,
            metadataStreams: (binding?.metadataStreams[index] ?? []).map(\.id), media: stream.kind, participants: [])
        planned.spans = spans
        planned.fax = FaxMedia.tally(of: stream, in: survey)
        planned.alternatives = binding?.alternatives[index] ?? []
        for span in spans { for id in span.participants where !planned.participants.contains(id) { planned.participants.append(id) } }
        let subject = FindingSubject(callID: dialog.callID, stream: planned.label ?? planned.id)
        for (flow, window) in flows {
            let row = survey.flows.rows[flow]
            let seen = observed[flow]
            let resolved = keys.resolve(seen, stream: stream, callIDs: [dialog.callID], labels: stream.labels)
            notes.keyUses.add(resolved, of: flow)
            var plannedFlow = FlowPlanner.plan(
                seen, match: matching.match(of: flow, with: index), stream: stream, keys: resolved,
                forced: options.decodeAs.codecs(of: row.path), findings: &notes.findings, subject: subject)
            let pieces =
                spans.isEmpty
                ? [FlowPiece(from: .distantPast, until: .distantFuture, participants: [], basis: .none)]
                : SenderSpan.pieces(of: spans, first: max(row.firstArrival, window.from), last: min(row.lastArrival, window.until))
            plannedFlow.window = window
            plannedFlow.levels = LevelIdentifiers(dialog, mediaIndex: stream.mediaIndex)
            plannedFlow.pieces = pieces.map { (piece: $0.clipped(from: window.from, until: window.until), track: nil) }
            planned.flows.append(plannedFlow)
        }
        duplicates.dropCopies(&planned, subject, &notes.findings)
        if let label = binding?.sharedLabels[index] {
            notes.findings.report(
                .mat010, "label '\(label)' is used by several media lines or metadata streams", at: StreamReporter.place(of: stream, in: dialog),
                subject: subject)
        }
        StreamReporter(
            survey: survey, planned: planned, stream: stream, dialog: dialog, kind: recording.kind, subject: subject, strays: unsignalled.media.strays,
            paths: paths
        ).report(to: &notes.findings)
        recording.streams.append(planned)
    }

    /// A branch that lost takes part only where its media is there.
    private func calleeID(_ stream: NegotiatedStream, _ dialog: SIPDialog, hasFlows: Bool, _ recording: inout PlannedRecording) -> String {
        guard let branch = stream.branch else { return "callee" }
        let number = (dialog.forks.filter { $0 != dialog.confirmedTag }.firstIndex(of: branch) ?? 0) + 2
        let party = ParticipantPlanner.branchParty(dialog, tag: branch, number: number)
        if hasFlows, !recording.participants.contains(where: { $0.id == party.id }) { recording.participants.append(party) }
        return party.id
    }
}
