import Evidence

/// Maps RTP timestamps to frames of the timeline, from one anchor and in integers, so that nothing adds up over hours.
///
/// A sender's clock that is `drift` parts per billion fast is corrected in one of two ways. Stretched: frames are the sender's, more of them than
/// `rate` make a second, and the resampler brings them to the track's. Slipping: frames are the track's, and `slip` frames were left out so far.
struct TimestampLine {
    /// RTP clock.
    private(set) var clock = 8000
    private(set) var nanosecondsPerUnit = 125_000.0
    /// Frames a second of the positions: the decoder's rate.
    private(set) var rate = 8000
    /// Frames by which sound belongs before its timestamp: the delay of the codec.
    var lead: Int64 = 0
    /// Frames left out since the anchor, to follow the drift; negative for those put in.
    var slip: Int64 = 0
    let drift: Int64
    let isSlipping: Bool
    private let isStretched: Bool
    private var anchorTime: Int64 = 0
    private var anchorPosition: Int64 = 0
    /// Timestamps since the anchor, made 64 bits wide along the packets played.
    private var lastTimestamp = RTPTimestamp(0)
    private var last: Int64 = 0

    init(drift: ClockDrift? = nil) {
        self.drift = drift?.method == ClockDrift.Method.none ? 0 : Int64(drift?.partsPerBillion ?? 0)
        isSlipping = self.drift != 0 && drift?.method == .silence
        isStretched = self.drift != 0 && drift?.method == .resample
    }

    mutating func anchor(timestamp: RTPTimestamp, time: CaptureTime, position: Int64, clock: Int, rate: Int) {
        self.clock = clock
        self.rate = rate
        nanosecondsPerUnit = 1e9 / Double(clock) / (1 + Double(drift) / 1e9)
        anchorTime = time.nanoseconds
        anchorPosition = position
        lastTimestamp = timestamp
        last = 0
        slip = 0
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
        if rate == clock { return anchorPosition &+ units &- lead &- slip }
        return anchorPosition &- lead &- slip &+ Self.scale(units, Int64(rate), Int64(clock))
    }

    /// Frames that are to be left out by the time of `units`, all in all.
    func slipWanted(_ units: Int64) -> Int64 {
        let frames = Self.scale(units, Int64(rate), Int64(clock))
        return frames &- Self.scale(frames, 1_000_000_000, 1_000_000_000 + drift)
    }

    mutating func changeRate(to newRate: Int) {
        anchorPosition = Self.scale(anchorPosition, Int64(newRate), Int64(rate))
        slip = Self.scale(slip, Int64(newRate), Int64(rate))
        rate = newRate
    }

    /// Frames of the timeline's own pace as frames of the line.
    func stretched(_ frames: Int64) -> Int64 { isStretched ? frames &+ Self.scale(frames, drift, 1_000_000_000) : frames }

    /// Frames of the line, or what is counted along with them, at the timeline's own pace.
    func settled(_ value: Int64) -> Int64 { isStretched ? Self.scale(value, 1_000_000_000, 1_000_000_000 + drift) : value }

    /// A converter from frames of `decoderRate` on this line to the track; nil where they are the same.
    func resampler(from decoderRate: Int, to trackRate: Int) -> Resampler? {
        guard isStretched else { return decoderRate == trackRate ? nil : Resampler(from: decoderRate, to: trackRate) }
        // As fine as products of both rates allow: at 8 kHz an eightieth of a ppm.
        let grain = max(1, min(10_000, 1_000_000_000 / max(decoderRate, trackRate, 1)))
        let from = decoderRate * grain + Int(Self.scale(Int64(decoderRate * grain), drift, 1_000_000_000))
        return Resampler(from: from, to: trackRate * grain)
    }

    /// `value * numerator / denominator` rounded to the nearest, in parts that cannot overflow for rates up to 384 kHz.
    static func scale(_ value: Int64, _ numerator: Int64, _ denominator: Int64) -> Int64 {
        let (whole, rest) = value.floorDivided(by: denominator)
        return whole &* numerator &+ (rest &* numerator &+ denominator / 2) / denominator
    }
}
