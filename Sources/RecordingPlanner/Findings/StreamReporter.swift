import CaptureSurvey
import Evidence
import PacketInput
import RTPSyntax
import RecordingPlan
import RecordingRecords
import SDPSyntax
import SIPDialogs
import StreamMatching

/// What is noteworthy about one planned stream, before any packet is opened.
struct StreamReporter {
    let survey: Survey
    let planned: PlannedStream
    let stream: NegotiatedStream
    let dialog: SIPDialog
    let kind: RecordingKind
    let subject: FindingSubject
    let strays: StrayFlows
    /// Those of all flows of the dialog.
    let paths: Set<NetworkPath>

    /// Where the stream is described.
    private var origin: Origin? { Self.place(of: stream, in: dialog) }

    /// The media line of the sender's first description of the stream, else of the other party's; else the first message.
    static func place(of stream: NegotiatedStream, in dialog: SIPDialog) -> Origin? {
        if let number = stream.epochs.first?.negotiation, number < dialog.negotiations.count {
            let negotiation = dialog.negotiations[number]
            let offer = (negotiation.offer, negotiation.offerOrigins)
            let answer = negotiation.answer.flatMap { answer in negotiation.answerOrigins.map { (answer, $0) } }
            for case let (description, origins)? in stream.sender == negotiation.offerer ? [offer, answer] : [answer, offer]
            where stream.mediaIndex < description.media.count {
                return origins.origin(at: description.media[stream.mediaIndex].offset)
            }
        }
        return dialog.messages.first?.origins.origin(at: 0)
    }

    /// The first line with keys of what the stream's sender writes.
    private var keyPlace: Origin? {
        for epoch in stream.epochs {
            guard let line = epoch.crypto.first(where: { !$0.keys.isEmpty }), epoch.negotiation < dialog.negotiations.count else { continue }
            let negotiation = dialog.negotiations[epoch.negotiation]
            let origins = stream.sender == negotiation.offerer ? negotiation.offerOrigins : negotiation.answerOrigins
            return origins?.origin(at: line.offset)
        }
        return origin
    }

    func report(to findings: inout FindingLog) {
        reportSenders(&findings)
        reportFlows(&findings)
        reportSecurity(&findings)
    }

    private func reportSenders(_ findings: inout FindingLog) {
        if let fax = planned.fax {
            findings.report(
                .mat030, "\(fax.packets) datagrams of a fax (T.38) are not decoded", first: fax.firstOrigin, last: fax.lastOrigin, count: 1, subject: subject)
        } else if planned.flows.isEmpty, stream.epochs.contains(where: { $0.isActive && $0.isAnswered }) {
            let why = AbsentMedia(survey: survey, stream: stream, strays: strays).reason
            findings.report(.flw001, "no \(planned.media) packet of this stream was captured; \(why)", at: origin, subject: subject)
        }
        if kind == .siprec, planned.participants.isEmpty, planned.media == "audio", !isOnlyRepair {
            let why = dialog.startsMidCapture && dialog.metadata.isEmpty ? "the capture begins after the metadata" : "no metadata"
            findings.report(
                .mat004, "\(why == "no metadata" ? "no metadata names" : "\(why) that names") the sender of this stream; it is named after its label or flow",
                at: origin, subject: subject)
        }
        if let span = planned.spans.first(where: { ![.label, .signalling, .none].contains($0.basis) }) {
            findings.report(
                .mat005, "\(Self.problem(span.basis)); the sender was found by \(span.basis.rawValue)", at: origin, subject: subject)
        }
        if planned.spans.contains(where: { $0.participants.count > 1 }) {
            findings.report(
                .mat006, "several participants send on this stream; their voices are not separated", at: origin, subject: subject)
        }
    }

    /// Nobody speaks on a line of parity or retransmissions alone.
    private var isOnlyRepair: Bool { !planned.flows.isEmpty && planned.flows.allSatisfy { $0.isOnlyRepair(survey.flows.rows[$0.flow]) } }

    private static func problem(_ basis: SenderBasis) -> String {
        switch basis {
        case .duplicateLabel: "several media lines have the same label"
        case .position: "the metadata associates no participant with a stream"
        default: "the labels in metadata and SDP differ"
        }
    }

    private func reportFlows(_ findings: inout FindingLog) {
        for (number, flow) in planned.flows.enumerated() {
            let row = survey.flows.rows[flow.flow]
            if number > 0, !flow.isOnlyRepair(survey.flows.rows[flow.flow]) {
                let before = survey.flows.rows[planned.flows[number - 1].flow]
                if before.ssrc != row.ssrc, !stream.partners(of: row.ssrc, .duplicate).contains(before.ssrc) {
                    findings.report(.rtp003, "the stream continues as \(row.ssrc) after \(before.ssrc)", at: row.firstOrigin, subject: subject)
                }
            }
            if let end = dialog.end, row.lastArrival.seconds(since: end) > 1 {
                findings.report(
                    .flw002, "\(row.identity) continues for \(Int(row.lastArrival.seconds(since: end))) s after the dialog ended", at: row.firstOrigin,
                    subject: subject)
            }
            reportPort(row, &findings)
            // A reset or two is a restart; many jumps to and fro are two senders.
            if row.jumps >= 20 {
                findings.report(
                    .rtp008, "sequence numbers of \(row.identity) jump back and forth \(row.jumps) times", at: row.firstOrigin, subject: subject)
            }
            if row.lastArrival.seconds(since: row.firstArrival) > 30, !row.path.controlPaths.contains(where: { survey.rtcp[$0] != nil }) {
                findings.report(.rtp007, "no RTCP for \(row.identity)", at: row.firstOrigin, subject: subject)
            }
            // Of a stream in clear, what does not read as RTCP is no SRTCP.
            if !flow.isSecure, flow.security.signs == nil,
                let (count, first, last) = row.path.controlPaths.lazy.compactMap({ survey.rtcp[$0]?.unreadable }).first
            {
                findings.report(.rtp001, "length fields in RTCP packets exceed the packet", first: first, last: last, count: count, subject: subject)
            }
        }
    }

    /// Whether packets go to another port than the receiver asked for. A translator latches on to where packets come from: then something comes back.
    private func reportPort(_ row: FlowRow, _ findings: inout FindingLog) {
        let asked = stream.epochs.filter { $0.from <= row.lastArrival }.compactMap(\.destination)
        guard let last = asked.last, !asked.contains(row.path.destination), last.address == row.path.destination.address,
            stream.epochs.contains(where: { $0.source == row.path.source }), !paths.contains(row.path.reversed)
        else { return }
        findings.report(
            .flw004, "\(row.identity) goes to port \(row.path.destination.port), but SDP asked for port \(last.port)", at: row.firstOrigin, subject: subject)
    }

    private func reportSecurity(_ findings: inout FindingLog) {
        for flow in planned.flows where flow.isSecure {
            let row = survey.flows.rows[flow.flow]
            if flow.keys.isEmpty, flow.security.signs == nil {
                findings.report(.srt002, "\(row.identity) is encrypted, and no key is known", at: row.firstOrigin, subject: subject)
            }
            if row.firstSequence.value >= 0x8000, flow.security.proven.isEmpty {
                findings.report(
                    .srt003, "the first sequence number seen is \(row.firstSequence.value); if packets before it were lost, the rollover counter may be 1",
                    at: row.firstOrigin, subject: subject)
            }
        }
        let isTold = stream.epochs.contains { $0.crypto.contains { !$0.keys.isEmpty } }
        if isTold, planned.flows.contains(where: { !$0.keys.isEmpty }), dialog.transport == .udp || dialog.transport == .tcp || dialog.transport == .ws {
            findings.report(
                .srt008, "SRTP keys are sent in clear text over \(dialog.transport.rawValue.uppercased())", at: keyPlace,
                subject: FindingSubject(callID: dialog.callID))
        }
    }
}
