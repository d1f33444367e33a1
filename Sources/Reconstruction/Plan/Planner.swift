import Evidence
import MediaCodecs
import MediaPlayout
import RTPSyntax
import RecordingMetadata
import SDPSyntax
import SIPDialogs
import StreamMatching

/// Joins what was observed with what was negotiated and said: from the survey to the plan. Reads no packet.
package struct Planner {
    private let survey: Survey
    private let options: ReconstructionOptions
    private var plan = ReconstructionPlan()
    private var streams: [NegotiatedStream] = []
    /// Negotiated streams of each dialog.
    private var streamsOf: [[Int]]
    private var flowsOf: [Int: [Int]] = [:]
    private var timelines: [Int: MetadataTimeline] = [:]
    private var identities = RecordingIdentity()
    private var keys: KeyRing

    /// Makes the plan; deterministic for the same survey and options.
    package static func plan(_ survey: Survey, options: ReconstructionOptions) -> ReconstructionPlan {
        var planner = Planner(survey, options)
        planner.matchFlows()
        planner.readMetadata()
        planner.planConversations()
        planner.planUnsignalled()
        planner.select()
        planner.reportKeys()
        planner.plan.recordings.sort { ($0.start, $0.id) < ($1.start, $1.id) }
        return planner.plan
    }

    private init(_ survey: Survey, _ options: ReconstructionOptions) {
        self.survey = survey
        self.options = options
        var streams: [NegotiatedStream] = []
        streamsOf = Array(repeating: [], count: survey.dialogs.count)
        for (index, dialog) in survey.dialogs.enumerated() {
            for stream in dialog.negotiatedStreams(dialogIndex: index) {
                streamsOf[index].append(streams.count)
                streams.append(stream)
            }
        }
        self.streams = streams
        keys = KeyRing(survey: survey, streams: streams, options: options)
    }

    private mutating func matchFlows() {
        let matcher = FlowMatcher(streams: streams, dialogEnds: survey.dialogs.map(\.end))
        plan.matches = survey.flows.rows.enumerated().map { matcher.match($0.element, number: $0.offset) }
        for case let match? in plan.matches {
            flowsOf[match.stream, default: []].append(match.flow)
            let row = survey.flows.rows[match.flow]
            let subject = FindingSubject(callID: survey.dialogs[streams[match.stream].dialog].callID, flow: Self.name(row))
            if match.confidence == .low {
                plan.findings.report(
                    .mat001, "\(Self.name(row)) is matched on weak evidence: \(match.reasons.joined(separator: "; "))", at: row.firstOrigin, subject: subject)
            }
            if !match.alternatives.isEmpty {
                plan.findings.report(
                    .mat002, "\(Self.name(row)) fits \(match.alternatives.count) other negotiated streams almost as well", at: row.firstOrigin, subject: subject
                )
            }
        }
    }

    static func name(_ row: FlowRow) -> String { "\(row.path.source) -> \(row.path.destination) \(row.ssrc)" }

    private mutating func readMetadata() {
        for (index, dialog) in survey.dialogs.enumerated() where dialog.role == .recording {
            let (timeline, findings) = MetadataReader.timeline(of: dialog, limits: options.limits)
            timelines[index] = timeline
            plan.findings.merge(findings)
        }
    }

    // MARK: Signalled recordings

    private mutating func planConversations() {
        let flows = flowsOf
        let owned = streamsOf
        let groups = ConversationGrouping.groups(dialogs: survey.dialogs, timelines: timelines) { dialog in
            dialog.answered != nil || !dialog.negotiations.isEmpty
        }
        for group in groups {
            let kind: RecordingKind = survey.dialogs[group[0]].role == .recording ? .siprec : .call
            let hasMedia = group.contains { owned[$0].contains { !(flows[$0] ?? []).isEmpty } }
            let wasAnswered = group.contains { survey.dialogs[$0].answered != nil }
            // A call that was never answered and left no media is signalling only; `inspect` lists it.
            guard hasMedia || wasAnswered else { continue }
            plan.recordings.append(recording(kind: kind, dialogs: group))
        }
    }

    private mutating func recording(kind: RecordingKind, dialogs: [Int]) -> PlannedRecording {
        let callIDs = dialogs.map { survey.dialogs[$0].callID }.sorted()
        var recording = PlannedRecording(id: identities.id(kind: kind, callIDs: callIDs), kind: kind, dialogs: dialogs)
        for dialog in dialogs { recording.timelines[dialog] = timelines[dialog] }
        recording.participants = kind == .siprec ? ParticipantPlanner.metadata(recording) : ParticipantPlanner.parties(survey.dialogs[dialogs[0]])
        for dialog in dialogs {
            let source = survey.dialogs[dialog]
            let own = streamsOf[dialog]
            let sent = own.filter { kind != .siprec || source.recorderSide == nil || streams[$0].sender == source.recorderSide }
            let binding = timelines[dialog].map { SenderBinding(streams: sent.map { ($0, streams[$0]) }, timeline: $0) }
            for index in own {
                let stream = streams[index]
                let hasFlows = !(flowsOf[index] ?? []).isEmpty
                if kind == .siprec, !sent.contains(index), !hasFlows { continue }
                addStream(index, stream, binding: binding, to: &recording)
            }
        }
        finish(&recording)
        return recording
    }

    private mutating func addStream(_ index: Int, _ stream: NegotiatedStream, binding: SenderBinding?, to recording: inout PlannedRecording) {
        let dialog = survey.dialogs[stream.dialog]
        var spans = binding?.spans(of: index) ?? []
        if recording.kind == .call {
            spans = [SenderSpan(from: .distantPast, until: .distantFuture, participants: [stream.sender == .client ? "caller" : "callee"], basis: .label)]
        }
        var planned = PlannedStream(
            id: "s\(recording.streams.count + 1)", dialog: stream.dialog, negotiated: stream, label: stream.labels.last,
            metadataStreams: (binding?.metadataStreams[index] ?? []).map(\.id), media: stream.kind, participants: [])
        planned.spans = spans
        for span in spans { for id in span.participants where !planned.participants.contains(id) { planned.participants.append(id) } }
        let subject = FindingSubject(callID: dialog.callID, stream: planned.label ?? planned.id)
        let flows = (flowsOf[index] ?? []).sorted { survey.flows.rows[$0].firstArrival < survey.flows.rows[$1].firstArrival }
        for flow in flows {
            let row = survey.flows.rows[flow]
            let resolved = keys.resolve(flow: flow, row: row, stream: stream, callIDs: [dialog.callID], labels: stream.labels)
            var plannedFlow = FlowPlanner.plan(
                flow: flow, row: row, match: plan.matches[flow], stream: stream, keys: resolved, findings: &plan.findings, subject: subject)
            let pieces =
                spans.isEmpty
                ? [FlowPiece(from: .distantPast, until: .distantFuture, participants: [], basis: .none)]
                : SenderSpan.pieces(of: spans, first: row.firstArrival, last: row.lastArrival)
            plannedFlow.pieces = pieces.map { (piece: $0, track: nil) }
            planned.flows.append(plannedFlow)
        }
        dropCopies(&planned, subject)
        StreamReporter(survey: survey, planned: planned, stream: stream, dialog: dialog, kind: recording.kind, subject: subject).report(to: &plan.findings)
        recording.streams.append(planned)
    }

    /// The same source on two paths at once is one stream captured twice (both sides of a NAT or proxy): the fuller copy is used.
    private mutating func dropCopies(_ stream: inout PlannedStream, _ subject: FindingSubject) {
        var kept: [PlannedFlow] = []
        // Flows come in order of their first packet, so only the latest one kept of a source can overlap.
        var latest: [SSRC: Int] = [:]
        for flow in stream.flows {
            let row = survey.flows.rows[flow.flow]
            guard let twin = latest[row.ssrc], survey.flows.rows[kept[twin].flow].lastArrival >= row.firstArrival else {
                latest[row.ssrc] = kept.count
                kept.append(flow)
                continue
            }
            let other = survey.flows.rows[kept[twin].flow]
            plan.findings.report(
                .mat003, "\(row.ssrc) was captured on two paths, \(Self.name(other)) and \(Self.name(row)); the fuller copy is used", at: row.firstOrigin,
                subject: subject)
            // A copy that can be opened is worth more than one that can not.
            let opens = !flow.isSecure || !flow.security.proven.isEmpty
            let otherOpens = !kept[twin].isSecure || !kept[twin].security.proven.isEmpty
            if opens == otherOpens ? row.packets > other.packets : opens { kept[twin] = flow }
        }
        stream.flows = kept
    }

    // MARK: Media without signalling

    private mutating func planUnsignalled() {
        let (groups, ignored) = UnsignalledMedia.groups(rows: survey.flows.rows) { plan.matches[$0] == nil }
        plan.ignoredFlows = ignored
        for group in groups {
            let rows = group.map { survey.flows.rows[$0] }
            let first = rows[0]
            let parts = rows.map { "\(Self.name($0)) \($0.firstSequence.value)" }.sorted()
            var recording = PlannedRecording(id: RecordingIdentity.id(kind: .media, parts: parts), kind: .media, dialogs: [])
            plan.findings.report(
                .flw003, "RTP between \(first.path.source) and \(first.path.destination) belongs to no signalling in the capture", at: first.firstOrigin,
                subject: FindingSubject(flow: Self.name(first)))
            var streamOf: [NetworkPath: Int] = [:]
            for flow in group {
                let row = survey.flows.rows[flow]
                var planned = FlowPlanner.plan(
                    flow: flow, row: row, match: nil, stream: nil, keys: keys.resolve(flow: flow, row: row, stream: nil, callIDs: [], labels: []),
                    findings: &plan.findings, subject: FindingSubject(flow: Self.name(row)))
                planned.pieces = [(FlowPiece(from: .distantPast, until: .distantFuture, participants: [], basis: .none), nil)]
                if let index = streamOf[row.path] {
                    recording.streams[index].flows.append(planned)
                } else {
                    streamOf[row.path] = recording.streams.count
                    var stream = PlannedStream(
                        id: "s\(recording.streams.count + 1)", dialog: nil, negotiated: nil, label: nil, metadataStreams: [], media: "audio", participants: [])
                    stream.flows = [planned]
                    recording.streams.append(stream)
                }
            }
            finish(&recording)
            plan.recordings.append(recording)
        }
    }

    // MARK: Keys

    /// What the keys opened, and what still needs one.
    private mutating func reportKeys() {
        var reporter = KeyReporter(survey: survey, options: options)
        for recording in plan.recordings { reporter.add(recording) }
        keys.trySwapped(reporter.closed.map { ($0, survey.flows.rows[$0]) })
        reporter.conclude(opened: keys.opened, swapped: keys.swapped)
        plan.keysNeeded = reporter.needed
        plan.keyUses = keys.opened
        plan.swappedKeys = keys.swapped
        plan.findings.merge(reporter.findings)
    }

    // MARK: Common

    private mutating func finish(_ recording: inout PlannedRecording) {
        let refused = TrackPlanner.plan(&recording, rows: survey.flows.rows, limit: options.limits.tracks)
        for flow in refused {
            let row = survey.flows.rows[flow]
            let callID = recording.dialogs.first.map { survey.dialogs[$0].callID }
            plan.findings.report(
                .mat007, "\(Self.name(row)) with \(row.packets) packets sounds beside other sources of the same stream and gets no file",
                at: row.firstOrigin, subject: FindingSubject(callID: callID, flow: callID == nil ? Self.name(row) : nil), count: row.packets)
        }
        ParticipantPlanner.addUnknown(to: &recording, rows: survey.flows.rows)
        for stream in recording.streams {
            for flow in stream.flows {
                let row = survey.flows.rows[flow.flow]
                recording.lastArrival = max(recording.lastArrival, row.lastArrival)
                recording.start = min(recording.start, anchor(of: flow, row))
            }
        }
        if recording.start == .distantFuture {
            recording.start = recording.dialogs.first.map { survey.dialogs[$0].start } ?? .distantPast
            recording.lastArrival = recording.start
        }
    }

    /// When the flow's first sample would have arrived without queueing delay, judged by its first packets.
    private func anchor(of flow: PlannedFlow, _ row: FlowRow) -> CaptureTime {
        guard let codec = FlowPlanner.firstCodec(of: flow, row: row) else { return row.firstArrival }
        let early = survey.flows.earlyPackets(of: flow.flow).map { (arrival: $0.arrival, timestamp: $0.timestamp) }
        return min(row.firstArrival, StreamPlayout.envelopeAnchor(pairs: early, clock: codec.clockRate) ?? row.firstArrival)
    }

    private mutating func select() {
        plan.recordings.removeAll { recording in
            if !options.kinds.contains(recording.kind) { return true }
            if !options.callIDs.isEmpty, !recording.dialogs.contains(where: { options.callIDs.contains(survey.dialogs[$0].callID) }) { return true }
            if !options.addressesOfRecord.isEmpty {
                let wanted = options.addressesOfRecord.map(Self.comparable)
                if !recording.participants.contains(where: { $0.addressesOfRecord.contains { wanted.contains(Self.comparable($0)) } }) { return true }
            }
            if !options.ssrcs.isEmpty {
                let present = recording.streams.flatMap(\.flows).map { survey.flows.rows[$0.flow].ssrc }
                if !options.ssrcs.contains(where: present.contains) { return true }
            }
            return false
        }
    }

    private static func comparable(_ aor: String) -> String {
        var text = aor.lowercased()[...]
        for scheme in ["sips:", "sip:", "tel:"] where text.hasPrefix(scheme) { text = text.dropFirst(scheme.count) }
        return String(text.prefix { $0 != ";" && $0 != "?" })
    }
}
