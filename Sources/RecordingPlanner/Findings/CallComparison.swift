import CaptureSurvey
import Evidence
import PacketInput
import RecordingPlan
import RecordingRecords
import SDPSyntax
import SIPDialogs
import SRTPDecryption
import StreamMatching

/// A call that is in the capture beside the recording session that delivers it (RFC 7866 sections 8.2 and 12.2): what the recording client did with
/// sources, reports and keys, and whose media is whose.
struct CallComparison {
    /// One flow of the call with the stream that it was matched with.
    struct CallFlow {
        let flow: Int
        let stream: NegotiatedStream
    }

    let survey: Survey
    let index: ControlIndex
    let recording: PlannedRecording
    let call: SIPDialog
    let flows: [CallFlow]

    /// Seconds of a stream after which its reports would have come.
    private static let reportTime = 10.0
    /// Payloads in common that are no chance.
    private static let commonMarks = 8

    func report(to findings: inout FindingLog) {
        for stream in recording.streams where stream.media == "audio" {
            let callID = stream.dialog.map { survey.dialogs[$0].callID }
            for planned in stream.flows {
                let row = survey.flows.rows[planned.flow]
                let subject = FindingSubject(callID: callID, stream: stream.label ?? stream.id)
                let forwarded = flows.filter { survey.flows.isSameSource(planned.flow, $0.flow) }
                for origin in forwarded { reportReports(planned, row, origin, subject, &findings) }
                if let origin = forwarded.first { reportMixing(stream, planned, row, origin, subject, &findings) }
                reportSender(stream, planned, row, forwarded, subject, &findings)
            }
        }
        reportKeys(&findings)
    }

    private func row(_ flow: CallFlow) -> FlowRow { survey.flows.rows[flow.flow] }

    // MARK: Sources

    private func reportReports(_ planned: PlannedFlow, _ row: FlowRow, _ origin: CallFlow, _ subject: FindingSubject, _ findings: inout FindingLog) {
        guard row.lastArrival.seconds(since: row.firstArrival) > Self.reportTime, let sent = index.sender(of: self.row(origin)),
            let first = sent.words.reporting[row.ssrc], first.reports >= 2, sent.words.reports[row.ssrc] != nil,
            // Encrypted reports show no source that could be relied on.
            index.sender(of: row) == nil, !row.path.controlPaths.contains(where: { survey.rtcp[$0] != nil })
        else { return }
        findings.report(
            .rtp015, "\(row.ssrc) sends \(first.reports) reports in the call \(call.callID.printable), but none in the recording session", at: row.firstOrigin,
            subject: subject)
    }

    private func reportMixing(
        _ stream: PlannedStream, _ planned: PlannedFlow, _ row: FlowRow, _ origin: CallFlow, _ subject: FindingSubject, _ findings: inout FindingLog
    ) {
        if let span = stream.spans.first(where: { $0.participants.count > 1 && $0.from <= row.lastArrival && $0.until >= row.firstArrival }) {
            findings.report(
                .rtp016,
                "\(row.ssrc) is the source of one party in the call \(call.callID.printable), but metadata lists \(span.participants.count) senders for it",
                at: row.firstOrigin, subject: subject)
            return
        }
        let others = flows.map(\.flow).filter { survey.flows.rows[$0].ssrc != row.ssrc }
        guard let other = survey.prints.alike(planned.flow, among: others).first, other.common >= Self.commonMarks else { return }
        findings.report(
            .rtp016,
            "\(row.ssrc) is the source of one party in the call \(call.callID.printable), but \(other.common) of \(other.of) payloads compared are those of "
                + "\(survey.flows.rows[other.flow].ssrc)",
            at: row.firstOrigin, subject: subject)
    }

    // MARK: Parties

    private func reportSender(
        _ stream: PlannedStream, _ planned: PlannedFlow, _ row: FlowRow, _ forwarded: [CallFlow], _ subject: FindingSubject, _ findings: inout FindingLog
    ) {
        guard !stream.participants.isEmpty else { return }
        var origin = forwarded.first
        var evidence = "source \(row.ssrc) and its sequence numbers"
        if origin == nil {
            let alike = survey.prints.alike(planned.flow, among: flows.map(\.flow))
            // Half of what could be the same is, and nobody else comes near.
            guard let best = alike.first, best.common >= Self.commonMarks, best.common * 2 >= best.of,
                !alike.dropFirst().contains(where: { $0.common * 2 >= best.common && sender(of: $0.flow) != sender(of: best.flow) })
            else { return }
            origin = flows.first { $0.flow == best.flow }
            evidence = "\(best.common) of \(best.of) payloads compared"
        }
        guard let origin else { return }
        let party = ParticipantPlanner.parties(call)[origin.stream.sender == .client ? 0 : 1]
        let speaker = users(party)
        let claimed = recording.participants.filter { stream.participants.contains($0.id) }
        guard !speaker.isEmpty, !claimed.contains(where: { !users($0).isDisjoint(with: speaker) }),
            let actual = recording.participants.first(where: { !stream.participants.contains($0.id) && !users($0).isDisjoint(with: speaker) })
        else { return }
        findings.report(
            .mat015,
            "metadata says that \(recording.name(of: claimed.first?.id ?? "").printable) sends here; according to \(evidence) it is what "
                + "\(recording.name(of: actual.id).printable) sends in the call \(call.callID.printable)",
            at: row.firstOrigin, subject: subject)
    }

    private func sender(of flow: Int) -> Side? { flows.first { $0.flow == flow }?.stream.sender }

    /// User parts of what a participant is addressed by.
    private func users(_ participant: PlannedParticipant) -> Set<String> {
        Set(participant.addressesOfRecord.map { String(ParticipantAddress.comparable($0).prefix { $0 != "@" }) }.filter { !$0.isEmpty })
    }

    // MARK: Keys

    private func reportKeys(_ findings: inout FindingLog) {
        let callKeys = Set(flows.flatMap { $0.stream.epochs.flatMap(\.crypto).flatMap(\.keys).map(\.keyAndSalt) }.filter { !$0.isEmpty })
        let callBits = flows.compactMap { Self.bits($0.stream) }.min()
        let sources = Set(flows.map { row($0).ssrc })
        for stream in recording.streams {
            guard let negotiated = stream.negotiated else { continue }
            let subject = FindingSubject(callID: survey.dialogs[negotiated.dialog].callID, stream: stream.label ?? stream.id)
            let own = Set(negotiated.epochs.flatMap(\.crypto).flatMap(\.keys).map(\.keyAndSalt))
            if !own.isDisjoint(with: callKeys),
                let again = stream.flows.map({ survey.flows.rows[$0.flow] }).first(where: { !sources.contains($0.ssrc) })
            {
                findings.report(
                    .srt024, "\(again.ssrc) is not a source of the call \(call.callID.printable), but is encrypted with one of its keys", at: again.firstOrigin,
                    subject: subject)
            }
            if let callBits, let bits = Self.bits(negotiated), bits < callBits, let row = stream.flows.first.map({ survey.flows.rows[$0.flow] }) {
                findings.report(
                    .srt025, "keys have \(bits) bits, those of the call \(call.callID.printable) have \(callBits)", at: row.firstOrigin, subject: subject)
            }
        }
    }

    /// Bits of the shortest key that was agreed on for a stream; nil where that is not known.
    private static func bits(_ stream: NegotiatedStream) -> Int? {
        stream.epochs.filter(\.isAnswered).flatMap(\.crypto).compactMap { SRTPSuite(sdesName: $0.suite)?.keyLength }.min().map { $0 * 8 }
    }
}

extension FlowTable {
    /// Whether two flows on different paths are packets of one source in one numbering: one was forwarded as the other.
    func isSameSource(_ left: Int, _ right: Int) -> Bool {
        let (a, b) = (rows[left], rows[right])
        guard left != right, a.ssrc == b.ssrc, a.path != b.path, a.firstArrival <= b.lastArrival, b.firstArrival <= a.lastArrival else { return false }
        // Either may begin after the other's numbers wrapped.
        if a.expected >= 65_536 || b.expected >= 65_536 { return true }
        return [Int64(0), 65_536, -65_536].contains { a.lowestSequence + $0 <= b.highestSequence && b.lowestSequence <= a.highestSequence + $0 }
    }
}

extension CallComparison {
    /// Calls that one recording is compared with at most.
    private static let callLimit = 16

    /// Compares each recording session with the calls that it delivers, as far as they are in the captures.
    static func compare(
        _ recordings: [PlannedRecording], with survey: Survey, _ streams: NegotiatedStreams, _ matching: FlowMatching, _ index: ControlIndex,
        _ findings: inout FindingLog
    ) {
        var bySource: [SSRC: [(flow: Int, stream: Int)]] = [:]
        var all: [Int: [CallFlow]] = [:]
        for (stream, flows) in matching.flowsOf.sorted(by: { $0.key < $1.key }) where survey.dialogs[streams[stream].dialog].role != .recording {
            for flow in flows {
                bySource[survey.flows.rows[flow].ssrc, default: []].append((flow, stream))
                all[streams[stream].dialog, default: []].append(CallFlow(flow: flow, stream: streams[stream]))
            }
        }
        guard !all.isEmpty else { return }
        for recording in recordings where recording.kind == .siprec {
            var calls = Set(recording.related.map(\.dialog))
            for flow in recording.streams.flatMap(\.flows) {
                for other in bySource[survey.flows.rows[flow.flow].ssrc] ?? [] where survey.flows.isSameSource(flow.flow, other.flow) {
                    calls.insert(streams[other.stream].dialog)
                }
            }
            for dialog in calls.sorted().prefix(callLimit) {
                guard let flows = all[dialog] else { continue }
                CallComparison(survey: survey, index: index, recording: recording, call: survey.dialogs[dialog], flows: flows).report(to: &findings)
            }
        }
    }
}
