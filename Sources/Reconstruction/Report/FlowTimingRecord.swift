import MediaPlayout

extension FlowRecord.Timing {
    /// Nil where description and arrivals say it all.
    init?(_ result: FlowResult) {
        switch result.timestamps {
        case .described: return nil
        case .clock(let clock):
            self.init(
                basis: "arrival", reason: "the steps of the timestamps and the pace of the packets show a clock of \(clock) Hz, not the one described",
                clockRate: clock)
        case .notTime:
            self.init(basis: "packet-count", reason: "the timestamps stand still or count octets; each packet lasts as long as its sound")
        }
    }
}
