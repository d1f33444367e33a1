import CaptureSurvey
import Evidence
import RecordingPlan
import SIPDialogs
import StreamMatching

/// Which datagrams are the fax that a line was negotiated for (ITU-T T.38 annex D).
enum FaxMedia {
    /// Seconds before the offer, for clocks, and after the next description took effect, for datagrams on the way.
    private static let slack = (before: 1.0, after: 2.0)

    static func tally(of stream: NegotiatedStream, in survey: Survey) -> DatagramTally? {
        var out: DatagramTally?
        let end = survey.dialogs[stream.dialog].end ?? .distantFuture
        for epoch in stream.epochs where epoch.isFax && epoch.isPlaced {
            let until = min(epoch.until ?? .distantFuture, end)
            let found = survey.faxes.tally(
                from: epoch.source, to: epoch.destination, after: epoch.from.advanced(bySeconds: -slack.before),
                before: until == .distantFuture ? until : until.advanced(bySeconds: slack.after))
            // An offer that only refreshes the line continues the run.
            guard let found, found.first > out?.last ?? .distantPast else { continue }
            out = out?.joined(with: found) ?? found
        }
        return out
    }
}
