import MediaPlayout
import RecordingPlan
import RecordingRecords
import RecordingRender

extension FlowRecord.Timing {
    /// Nil where description and arrivals say it all.
    init?(_ result: FlowResult, placement: FlowPlacement?) {
        switch result.timestamps {
        case .described:
            guard let placement else { return nil }
            self.init(basis: placement.advance > 0 ? "sender-reports" : "arrival", reason: placement.reason)
        case .clock(let clock):
            self.init(
                basis: "arrival", reason: "timestamp steps and packet pace show a clock rate of \(clock) Hz, not the one in SDP",
                clockRate: clock)
        case .notTime:
            self.init(basis: "packet-count", reason: "the timestamps stand still or count bytes; each packet lasts as long as its audio")
        case .shared:
            self.init(basis: "arrival", reason: "several packets share a timestamp; they are placed one after another")
        }
        if let placement, placement.advance > 0 { moved = Seconds(Double(placement.advance) / 1e9) }
    }
}
