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
                basis: "arrival", reason: "the steps of the timestamps and the pace of the packets show a clock of \(clock) Hz, not the one described",
                clockRate: clock)
        case .notTime:
            self.init(basis: "packet-count", reason: "the timestamps stand still or count octets; each packet lasts as long as its sound")
        case .shared:
            self.init(basis: "arrival", reason: "several packets have one timestamp; each stands behind the one before")
        }
        if let placement, placement.advance > 0 { moved = Seconds(Double(placement.advance) / 1e9) }
    }
}
