import CaptureSurvey
import Evidence
import PacketInput
import RecordingPlan
import RecordingRecords
import SDPSyntax
import SIPDialogs
import StreamMatching

/// What RTCP and the lists of contributors tell of the streams of a recording (RFC 7866 section 8).
struct ControlReporter {
    let survey: Survey
    let index: ControlIndex
    let recording: PlannedRecording

    /// Reports of one source without a name before the lack of a name is told.
    private static let namelessReports = 3
    /// Packets of a stream of several participants before the lack of contributors is told.
    private static let mixedPackets = 100

    func report(to findings: inout FindingLog) {
        var named: [(name: String, participants: Set<String>, origin: Origin, subject: FindingSubject)] = []
        for stream in recording.streams {
            let callID = stream.dialog.map { survey.dialogs[$0].callID }
            for flow in stream.flows {
                let row = survey.flows.rows[flow.flow]
                let subject = FindingSubject(
                    callID: callID, stream: callID == nil ? nil : stream.label ?? stream.id, flow: callID == nil ? row.identity : nil)
                let words = flow.isSecure ? flow.security.control?.words : index.sender(of: row)?.words
                if let words { reportName(words, row, subject, &findings) }
                if let name = words?.cnames[row.ssrc], let first = words?.reporting[row.ssrc]?.first, !stream.participants.isEmpty {
                    named.append((name, Set(stream.participants), first, subject))
                }
                reportContributors(flow, row, words, subject, &findings)
                reportReception(flow, row, subject, &findings)
                if recording.kind == .siprec {
                    reportMixer(stream, flow, row, subject, &findings)
                    if let negotiated = stream.negotiated { reportSymmetry(negotiated, flow, row, subject, &findings) }
                }
            }
        }
        guard recording.kind == .siprec else { return }
        for (place, item) in named.enumerated() {
            guard let other = named[..<place].first(where: { $0.name == item.name && $0.participants.isDisjoint(with: item.participants) }) else { continue }
            findings.report(
                .rtp014, "the canonical name \(item.name.printable) is used for streams \(other.subject.stream ?? "?") and \(item.subject.stream ?? "?")",
                at: item.origin, subject: FindingSubject(callID: item.subject.callID))
            return
        }
    }

    private func reportName(_ words: RTCPReports, _ row: FlowRow, _ subject: FindingSubject, _ findings: inout FindingLog) {
        if let renaming = words.renamings[row.ssrc] {
            findings.report(
                .rtp013, "the canonical name of \(row.ssrc) changes from \(renaming.from.printable) to \(renaming.to.printable)", at: renaming.origin,
                subject: subject)
        }
        if words.cnames[row.ssrc] == nil, let reporting = words.reporting[row.ssrc], reporting.reports >= Self.namelessReports {
            findings.report(
                .rtp012, "\(row.ssrc) sends \(reporting.reports) reports but no canonical name", at: reporting.first, subject: subject)
        }
    }

    private func reportContributors(
        _ flow: PlannedFlow, _ row: FlowRow, _ words: RTCPReports?, _ subject: FindingSubject, _ findings: inout FindingLog
    ) {
        let unknown = survey.contributors.sources(of: flow.flow).filter { source in
            words?.cnames[source.ssrc] == nil && !index.knows(source.ssrc)
        }
        guard let first = unknown.map(\.first).min() else { return }
        findings.report(
            .rtp011, "no source description names the contributors \(unknown.prefix(4).map(\.ssrc.description).joined(separator: ", "))", at: first,
            subject: subject, count: unknown.count)
    }

    private func reportMixer(_ stream: PlannedStream, _ flow: PlannedFlow, _ row: FlowRow, _ subject: FindingSubject, _ findings: inout FindingLog) {
        guard stream.media == "audio", row.distinctPackets >= Self.mixedPackets, survey.contributors.sources(of: flow.flow).isEmpty,
            let span = stream.spans.first(where: { $0.participants.count > 1 && $0.from <= row.lastArrival && $0.until >= row.firstArrival })
        else { return }
        findings.report(
            .rtp010, "\(span.participants.count) participants send on \(row.identity), but none of its \(row.distinctPackets) packets lists a contributor",
            at: row.firstOrigin, subject: subject)
    }

    /// Where the sender's reports come from, against where the receiver's go, or where the sender announced to want them.
    private func reportSymmetry(_ stream: NegotiatedStream, _ flow: PlannedFlow, _ row: FlowRow, _ subject: FindingSubject, _ findings: inout FindingLog) {
        guard !flow.isSecure, let sent = index.sender(of: row), let place = sent.words.reporting[row.ssrc]?.first else { return }
        if let back = index.receiver(of: row), let first = back.trace.reports.first {
            if back.path != sent.path.reversed {
                findings.report(
                    .rtp009,
                    "receiver reports go from \(back.path.source) to \(back.path.destination), the sender's from \(sent.path.source) to \(sent.path.destination)",
                    at: first.origin, subject: subject)
            }
            return
        }
        guard let epoch = stream.epochs.last(where: { $0.from <= row.firstArrival && $0.source != nil }), let source = epoch.source,
            source.address == sent.path.source.address, let own = description(stream, epoch), stream.mediaIndex < own.media.count
        else { return }
        let media = own.media[stream.mediaIndex]
        var ports = [media.rtcp?.port ?? source.port &+ 1]
        if media.hasRTCPMux { ports.append(source.port) }
        // A translator of ports changes both.
        guard row.path.source.port == source.port, !ports.contains(sent.path.source.port) else { return }
        findings.report(
            .rtp009, "reports come from \(sent.path.source), SDP announced RTCP port \(ports.map(String.init).joined(separator: " or "))", at: place,
            subject: subject)
    }

    private func description(_ stream: NegotiatedStream, _ epoch: NegotiationEpoch) -> SessionDescription? {
        let negotiations = survey.dialogs[stream.dialog].negotiations
        guard negotiations.indices.contains(epoch.negotiation) else { return nil }
        let negotiation = negotiations[epoch.negotiation]
        return stream.sender == negotiation.offerer ? negotiation.offer : negotiation.answer
    }

    /// What the receiver lost against what the capture lacks.
    private func reportReception(_ flow: PlannedFlow, _ row: FlowRow, _ subject: FindingSubject, _ findings: inout FindingLog) {
        guard let reports = flow.reception?.trace.reports, let first = reports.first, let last = reports.last, row.jumps == 0, flow.window.isWhole,
            flow.twins.isEmpty
        else { return }
        let missing = max(0, row.expected - row.distinctPackets)
        // Packets behind the last report: were they all among the missing ones, the receiver would say nothing of them.
        let end = UInt16(truncatingIfNeeded: row.highestSequence)
        let behind = max(0, SequenceNumber(end).distance(from: SequenceNumber(UInt16(truncatingIfNeeded: last.highest))))
        let lost = Int(max(0, last.lost))
        if missing - behind > lost {
            findings.report(
                .cap017,
                "the capture lacks \(missing) of \(row.expected) packets of \(row.identity); its receiver lost \(lost) until its last report, "
                    + "after which \(behind) packets arrived",
                at: last.origin, subject: subject, count: missing - behind - lost)
        }
        let later = Int(last.lost) - Int(first.lost)
        if later > missing {
            findings.report(
                .rtp018, "the receiver of \(row.identity) counts \(later) lost packets between its reports, but the capture lacks only \(missing)",
                at: last.origin, subject: subject, count: later - missing)
        }
    }
}
