package import Evidence

extension StreamPlayout {
    /// The moment at which the timestamp of the first pair would have arrived without queueing: the least of `arrival - (timestamp - first) / clock`.
    ///
    /// Jitter only ever delays, so the earliest packet is the one to believe, unless it is `strayNanoseconds` before half of them: then its time
    /// or its timestamp is damaged. Nil for no pairs.
    package static func envelopeAnchor(pairs: [(arrival: CaptureTime, timestamp: RTPTimestamp)], clock: ClockRate) -> CaptureTime? {
        guard let first = pairs.first else { return nil }
        let moments = pairs.map { pair in
            // At most 2^31 units of a nanosecond each at 1 Hz times 10^9: fits.
            let offset = Int64(pair.timestamp.distance(from: first.timestamp)) * 1_000_000_000 / Int64(clock.hertz)
            return pair.arrival.nanoseconds &- offset
        }.sorted()
        let (floor, over) = moments[moments.count / 2].subtractingReportingOverflow(strayNanoseconds)
        return CaptureTime(nanoseconds: moments.first { over || $0 >= floor } ?? moments[0])
    }

    /// More than packets that are sent within the time of a hold can be late: 1 s.
    private static var strayNanoseconds: Int64 { 1_000_000_000 }
}
