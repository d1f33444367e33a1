package import CaptureSurvey
import Evidence
import MediaCodecs
import MediaPlayout
import PacketInput
import RTPSyntax
import RecordingMetadata
import SDPSyntax
import SIPDialogs
import StreamMatching

/// Joins what was observed with what was negotiated and said: from the survey to the plan. Reads no packet.
package struct Planner {
    let survey: Survey
    let options: ReconstructionOptions
    var plan = ReconstructionPlan()
    var streams: [NegotiatedStream] = []
    /// Negotiated streams of each dialog.
    var streamsOf: [[Int]]
    var flowsOf: [Int: [Int]] = [:]
    var timelines: [Int: MetadataTimeline] = [:]
    var dialects: [Int: String] = [:]
    /// Metadata of recording dialogs, parsed once for all.
    var documents: [Int: [RecordingDocument]] = [:]
    var identities = RecordingIdentity()
    var keys: KeyRing
    private let senderReports: [SenderReportSource: SenderReportTrace]
    private let goodbyes: Goodbyes
    let control: ControlIndex
    /// Flows that no session description explains, in groups of one call each: those of a dialog without any, and all others.
    var adopted: [Int: [[Int]]] = [:]
    var unsignalled: [[Int]] = []
    /// The latter by their hosts.
    var strays = StrayFlows()
    /// For media without signalling.
    var controlNames = CanonicalNames()

    /// Makes the plan; deterministic for the same survey and options.
    package static func plan(_ survey: Survey, options: ReconstructionOptions) -> ReconstructionPlan {
        var planner = Planner(survey, options)
        planner.matchFlows()
        planner.readMetadata()
        planner.sortUnsignalled()
        planner.planConversations()
        planner.relate()
        planner.compareCalls()
        planner.planUnsignalled()
        planner.select()
        planner.reportKeys()
        planner.reportConformance()
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
        senderReports = survey.senderReports
        goodbyes = Goodbyes(survey)
        control = ControlIndex(survey)
    }

    private mutating func matchFlows() {
        let matcher = FlowMatcher(streams: streams, dialogEnds: survey.dialogs.map(\.end))
        plan.matches = survey.flows.rows.enumerated().map { flow, row in
            matcher.match(row, number: flow) { MediaIdentification.text(in: keys.samples(of: flow), extension: $0) }
        }
        for case let match? in plan.matches {
            flowsOf[match.stream, default: []].append(match.flow)
            guard match.confidence == .low || !match.alternatives.isEmpty else { continue }
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
            let read = MetadataReader.read(dialog, limits: options.limits)
            timelines[index] = read.timeline
            dialects[index] = read.dialect
            documents[index] = read.documents
            plan.findings.merge(read.findings)
        }
    }

    // MARK: Keys

    /// What the keys opened, and what still needs one.
    private mutating func reportKeys() {
        var reporter = KeyReporter(survey: survey, options: options)
        for recording in plan.recordings { reporter.add(recording) }
        keys.trySwapped(reporter.closed.map { keys.observe($0, in: survey.flows) })
        reporter.conclude(opened: keys.opened, swapped: keys.swapped)
        plan.keysNeeded = reporter.needed
        plan.keyUses = keys.opened
        plan.swappedKeys = keys.swapped
        plan.findings.merge(reporter.findings)
        plan.foreseen.merge(reporter.foreseen)
        var handshakes = HandshakeChecks(survey: survey)
        for stream in plan.recordings.flatMap(\.streams) {
            guard let negotiated = stream.negotiated else { continue }
            for flow in stream.flows { handshakes.check(survey.flows.rows[flow.flow], negotiated) }
        }
        plan.findings.merge(handshakes.findings)
    }

    // MARK: Common

    mutating func finish(_ recording: inout PlannedRecording) {
        let refused = TrackPlanner.plan(&recording, rows: survey.flows.rows, limit: options.limits.tracks, format: options.format)
        recording.layout = options.layout
        if options.keepsNative { NativePlanner.plan(&recording, rows: survey.flows.rows, masksTones: options.redactions.contains(.dtmf)) }
        for flow in refused {
            let row = survey.flows.rows[flow]
            let callID = recording.dialogs.first.map { survey.dialogs[$0].callID }
            plan.findings.report(
                .mat007, "\(Self.name(row)) with \(row.packets) packets sounds beside other sources of the same stream and gets no file",
                at: row.firstOrigin, subject: FindingSubject(callID: callID, flow: callID == nil ? Self.name(row) : nil), count: row.packets)
        }
        ParticipantPlanner.addUnknown(to: &recording, rows: survey.flows.rows)
        SenderReportPlacement.place(&recording, reports: senderReports, survey: survey)
        for number in recording.streams.indices {
            for index in recording.streams[number].flows.indices {
                let flow = recording.streams[number].flows[index]
                let row = survey.flows.rows[flow.flow]
                recording.streams[number].flows[index].goodbye = goodbyes.goodbye(of: flow, row: row)
                recording.streams[number].flows[index].reception =
                    flow.isSecure ? recording.streams[number].negotiated.flatMap { keys.reception(of: row, $0, survey.dialogs) } : control.receiver(of: row)
                recording.lastArrival = max(recording.lastArrival, min(row.lastArrival, flow.window.until))
                recording.start = min(recording.start, flow.window.from > row.firstArrival ? flow.window.from : anchor(of: flow, row))
            }
        }
        if recording.start == .distantFuture {
            recording.start = recording.dialogs.first.map { survey.dialogs[$0].start } ?? .distantPast
            recording.lastArrival = recording.start
        }
    }

    /// When the flow's first sample would have arrived without queueing delay, judged by its first packets.
    private func anchor(of flow: PlannedFlow, _ row: FlowRow) -> CaptureTime {
        guard let clock = FlowPlanner.clock(of: flow, row: row, survey: survey) else { return row.firstArrival }
        let early = survey.flows.earlyPackets(of: flow.flow).map { (arrival: $0.arrival, timestamp: $0.timestamp) }
        let anchor = min(row.firstArrival, StreamPlayout.envelopeAnchor(pairs: early, clock: clock) ?? row.firstArrival)
        return CaptureTime(nanoseconds: anchor.nanoseconds &- (flow.placement?.advance ?? 0))
    }

    private mutating func select() {
        var recordings = plan.recordings
        recordings.removeAll { recording in
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
        plan.recordings = recordings
    }

    static func comparable(_ aor: String) -> String {
        var text = aor.lowercased()[...]
        for scheme in ["sips:", "sip:", "tel:"] where text.hasPrefix(scheme) { text = text.dropFirst(scheme.count) }
        return String(text.prefix { $0 != ";" && $0 != "?" })
    }
}
