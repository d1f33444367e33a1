import Evidence

/// Maps RTP timestamps to frames of the timeline, from one anchor and in integers, so that nothing adds up over hours.
struct TimestampLine {
    /// RTP clock.
    private(set) var clock = 8000
    private(set) var nanosecondsPerUnit = 125_000.0
    /// Frames a second of the positions: the decoder's rate.
    private(set) var rate = 8000
    /// Frames by which sound belongs before its timestamp: the delay of the codec.
    var lead: Int64 = 0
    private var anchorTime: Int64 = 0
    private var anchorPosition: Int64 = 0
    /// Timestamps since the anchor, made 64 bits wide along the packets played.
    private var lastTimestamp = RTPTimestamp(0)
    private var last: Int64 = 0

    mutating func anchor(timestamp: RTPTimestamp, time: CaptureTime, position: Int64, clock: Int, rate: Int) {
        self.clock = clock
        self.rate = rate
        nanosecondsPerUnit = 1e9 / Double(clock)
        anchorTime = time.nanoseconds
        anchorPosition = position
        lastTimestamp = timestamp
        last = 0
    }

    /// Units from the anchor to `timestamp`.
    @inline(__always)
    func units(_ timestamp: RTPTimestamp) -> Int64 { last &+ Int64(timestamp.distance(from: lastTimestamp)) }

    @inline(__always)
    mutating func advance(to timestamp: RTPTimestamp) -> Int64 {
        last = units(timestamp)
        lastTimestamp = timestamp
        return last
    }

    /// Nanoseconds by which something that arrived at `arrival` is behind the anchor's line; negative when early.
    @inline(__always)
    func lag(_ arrival: CaptureTime, _ units: Int64) -> Double { Double(arrival.nanoseconds &- anchorTime) - Double(units) * nanosecondsPerUnit }

    /// Frame on the timeline, rounded to the nearest.
    @inline(__always)
    func position(_ units: Int64) -> Int64 {
        if rate == clock { return anchorPosition &+ units &- lead }
        return anchorPosition &- lead &+ Self.scale(units, Int64(rate), Int64(clock))
    }

    mutating func changeRate(to newRate: Int) {
        anchorPosition = Self.scale(anchorPosition, Int64(newRate), Int64(rate))
        rate = newRate
    }

    /// `value * numerator / denominator` rounded to the nearest, in parts that cannot overflow for rates up to 384 kHz.
    static func scale(_ value: Int64, _ numerator: Int64, _ denominator: Int64) -> Int64 {
        let (whole, rest) = value.floorDivided(by: denominator)
        return whole &* numerator &+ (rest &* numerator &+ denominator / 2) / denominator
    }
}
