import CaptureSurvey
import Evidence
import MediaPlayout
import RecordingPlan
import RecordingRecords
import SDPSyntax
import SIPDialogs
import StreamMatching

/// Findings that the gaps of a finished recording lead to.
struct GapReporter {
    let survey: Survey
    let planned: PlannedRecording
    let gaps: [String: [PlayoutGap]]

    /// Seconds without any packet after which translators may forget a binding (RFC 6263 section 5, and as long for UDP in practice).
    private static let keepAliveTime = 15.0
    /// Seconds before and behind a new description in which packets are still under the old key, or already under the new one.
    private static let rekeying = (before: 0.5, after: 3.0)

    func report(to findings: inout FindingLog) {
        for stream in planned.streams {
            let subject = FindingSubject(callID: stream.dialog.map { survey.dialogs[$0].callID }, stream: stream.label ?? stream.id)
            let origin = stream.flows.first.map { survey.flows.rows[$0.flow].firstOrigin }
            let changes = rekeyings(of: stream)
            for gap in gaps[stream.id] ?? [] {
                let place = gap.first.frame > 0 ? gap.first : origin
                if gap.cause == .unknown, gap.isLoss {
                    findings.report(.ply007, "no packet for \(Seconds(gap.duration).value) s from \(gap.start.rfc3339)", at: origin, subject: subject)
                }
                if planned.kind == .siprec, gap.duration > Self.keepAliveTime, isSilence(gap), !isKeptAlive(stream, gap) {
                    findings.report(
                        .rtp017, "no packet for \(Seconds(gap.duration).value) s from \(gap.start.rfc3339), although the stream is active", at: place,
                        subject: subject)
                }
                if gap.isLoss, let change = changes.first(where: { isAround(gap, $0) }) {
                    findings.report(
                        .srt026,
                        "\(Seconds(gap.duration).value) s are missing (\(gap.cause.rawValue)) \(Seconds(abs(gap.start.seconds(since: change))).value) s "
                            + "\(gap.start < change ? "before" : "after") a session description with another key",
                        at: place, subject: subject)
                }
            }
        }
    }

    private func isSilence(_ gap: PlayoutGap) -> Bool { gap.cause == .discontinuousTransmission || gap.cause == .unknown }

    /// Whether anything else used one of the stream's ways meanwhile. A stream that had no packet at all, or whose source had said goodbye, keeps nothing open.
    private func isKeptAlive(_ stream: PlannedStream, _ gap: PlayoutGap) -> Bool {
        let end = gap.start.advanced(bySeconds: gap.duration)
        let rows = stream.flows.map { survey.flows.rows[$0.flow] }
        guard rows.contains(where: { $0.firstArrival < end.advanced(bySeconds: 0.1) }), rows.contains(where: { $0.lastArrival > gap.start }) else {
            return true
        }
        if stream.flows.contains(where: { flow in flow.goodbye.map { $0 <= end } ?? false }) { return true }
        return rows.contains { row in
            survey.rtcp[row.path] != nil || survey.keepAlives.use(row.path, from: gap.start, until: end)
                || survey.keepAlives.use(row.path.reversed, from: gap.start, until: end)
        }
    }

    /// When descriptions took effect that gave the stream another key than it had.
    private func rekeyings(of stream: PlannedStream) -> [CaptureTime] {
        var out: [CaptureTime] = []
        var known: Set<[UInt8]> = []
        for epoch in stream.negotiated?.epochs ?? [] {
            let keys = Set(epoch.crypto.flatMap(\.keys).map(\.keyAndSalt).filter { !$0.isEmpty })
            if !known.isEmpty, !keys.isEmpty, known.isDisjoint(with: keys) { out.append(epoch.from) }
            if !keys.isEmpty { known = keys }
        }
        return out
    }

    private func isAround(_ gap: PlayoutGap, _ change: CaptureTime) -> Bool {
        let end = gap.start.advanced(bySeconds: gap.duration)
        return end >= change.advanced(bySeconds: -Self.rekeying.before) && gap.start <= change.advanced(bySeconds: Self.rekeying.after)
    }
}
