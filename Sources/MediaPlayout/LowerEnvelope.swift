package import Evidence

extension StreamPlayout {
    /// The moment at which the timestamp of the first pair would have arrived without queueing: the least of `arrival - (timestamp - first) / clock`.
    ///
    /// Jitter only ever delays, so the earliest packet is the one to believe. Nil for no pairs.
    package static func envelopeAnchor(pairs: [(arrival: CaptureTime, timestamp: RTPTimestamp)], clock: ClockRate) -> CaptureTime? {
        guard let first = pairs.first else { return nil }
        var best = Int64.max
        for pair in pairs {
            // At most 2^31 units of a nanosecond each at 1 Hz times 10^9: fits.
            let offset = Int64(pair.timestamp.distance(from: first.timestamp)) * 1_000_000_000 / Int64(clock.hertz)
            best = min(best, pair.arrival.nanoseconds &- offset)
        }
        return CaptureTime(nanoseconds: best)
    }
}
