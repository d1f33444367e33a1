package import Evidence

/// What the arrivals of one stream tell of its sender's clock, kept in bounded memory while the packets pass by.
///
/// Networks only ever delay, so in each span of time the packet that is least late tells where the sender's clock stands: the lower envelope. One
/// point is kept for each 10 s; beyond 128 points neighbours are joined and the spans double. The RTP clock is first guessed from the first seconds.
@frozen
package struct ClockTrace: Sendable {
    /// The least late packet of a span.
    @frozen
    @usableFromInline
    struct Point: Sendable {
        /// Seconds since the trace's first packet.
        @usableFromInline var time: Double
        /// Nanoseconds by which it came after what the guessed clock says.
        @usableFromInline var lag: Double
        /// Timestamps jumped between points of different segments.
        @usableFromInline var segment: Int32
    }

    @usableFromInline var lastTimestamp: RTPTimestamp
    @usableFromInline var units: Int64 = 0
    @usableFromInline var origin: Int64
    @usableFromInline var spanEnd: Int64
    /// Nanoseconds for each unit of the guessed clock; 0 until it is guessed.
    @usableFromInline var step = 0.0
    @usableFromInline var lastLag = 0.0
    @usableFromInline var leastLag = Double.infinity
    @usableFromInline var leastArrival: Int64 = 0
    /// RTP clock that the first seconds show; 0 where none of the usual ones fits.
    package private(set) var clock = 0
    private var width: Int64 = 10_000_000_000
    private var attempts: UInt8 = 0
    private var segment: Int32 = 0
    private var points: [Point] = []

    private static let usualClocks = [8000, 11_025, 12_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000, 90_000, 96_000]
    private static let guessing: Int64 = 2_000_000_000
    private static let maximumPoints = 128
    private static let maximumSegments: Int32 = 64

    package init(arrival: CaptureTime, timestamp: RTPTimestamp) {
        lastTimestamp = timestamp
        origin = arrival.nanoseconds
        spanEnd = arrival.nanoseconds &+ 2_000_000_000
    }

    /// Takes the next packet in capture order.
    @inlinable
    @inline(__always)
    package mutating func add(arrival: CaptureTime, timestamp: RTPTimestamp) {
        units &+= Int64(timestamp.distance(from: lastTimestamp))
        lastTimestamp = timestamp
        let lag = Double(arrival.nanoseconds &- origin) - Double(units) * step
        if arrival.nanoseconds >= spanEnd || abs(lag - lastLag) > 5e8 { turn(arrival.nanoseconds, lag) }
        guard step > 0 else { return }
        lastLag = lag
        if lag < leastLag {
            leastLag = lag
            leastArrival = arrival.nanoseconds
        }
    }

    /// The span is over, or the timestamps jumped.
    @inline(never)
    @usableFromInline
    mutating func turn(_ arrival: Int64, _ lag: Double) {
        guard step > 0 else {
            lastLag = lag
            if arrival >= spanEnd { guess(arrival) }
            return
        }
        close()
        if abs(lag - lastLag) > 5e8 {
            segment += 1
            // Timestamps that jump for ever tell nothing.
            if segment > Self.maximumSegments { points = [] }
        }
        if points.count >= Self.maximumPoints { thin() }
        spanEnd = segment > Self.maximumSegments ? .max : arrival &+ width
    }

    private mutating func guess(_ arrival: Int64) {
        let rate = Double(units) / (Double(arrival &- origin) / 1e9)
        if let usual = Self.usualClocks.first(where: { abs(rate / Double($0) - 1) < 0.04 }) {
            clock = usual
            step = 1e9 / Double(usual)
            spanEnd = arrival &+ width
        } else {
            attempts += 1
            spanEnd = attempts < 30 ? arrival &+ Self.guessing : .max
        }
        origin = arrival
        units = 0
        lastLag = 0
    }

    private mutating func close() {
        guard leastLag < .infinity else { return }
        points.append(Point(time: Double(leastArrival &- origin) / 1e9, lag: leastLag, segment: segment))
        leastLag = .infinity
    }

    /// Joins neighbours, the less late of two being kept.
    private mutating func thin() {
        var out: [Point] = []
        var index = 0
        while index < points.count {
            let point = points[index]
            if index + 1 < points.count, points[index + 1].segment == point.segment {
                out.append(points[index + 1].lag < point.lag ? points[index + 1] : point)
                index += 2
            } else {
                out.append(point)
                index += 1
            }
        }
        points = out
        width = width &* 2
    }

    /// The sender's clock against the capture's over the whole stream; nil where too little was seen (less than 20 s), or where what was seen is no
    /// straight line: a change of the network path, or a clock that was set.
    package var estimate: ClockEstimate? {
        var all = self
        // The last, open span counts when it saw half of its time.
        if Double(origin) + Double(units) * step > Double(spanEnd) - Double(width) / 2 { all.close() }
        return Self.fit(all.points, clock: clock)
    }

    /// Median of the slopes between points that are far apart (Theil and Sen): up to a quarter of wrong points change nothing.
    private static func fit(_ points: [Point], clock: Int) -> ClockEstimate? {
        guard points.count >= 3, let first = points.first, let last = points.last, last.time - first.time >= 20 else { return nil }
        let span = last.time - first.time
        var slopes: [Double] = []
        for (index, from) in points.enumerated() {
            for to in points[(index + 1)...] where to.segment == from.segment && to.time - from.time >= span / 5 {
                slopes.append((to.lag - from.lag) / (to.time - from.time))
            }
        }
        guard slopes.count >= 3 else { return nil }
        slopes.sort()
        let slope = slopes[slopes.count / 2]
        // How far the points are from their line; every segment has a line of its own.
        var residuals: [Double] = []
        var start = 0
        while start < points.count {
            let end = points[start...].firstIndex { $0.segment != points[start].segment } ?? points.count
            let offsets = points[start..<end].map { $0.lag - slope * $0.time }
            let middle = offsets.sorted()[offsets.count / 2]
            residuals += offsets.map { abs($0 - middle) }
            start = end
        }
        residuals.sort()
        let spread = residuals[min(residuals.count - 1, residuals.count * 9 / 10)]
        // The clock that lags shows later and later arrivals: units/clock = (1 - slope) * time.
        return ClockEstimate(clock: clock, partsPerBillion: Int((-slope).rounded()), span: span, spread: spread / 1e9)
    }
}

/// A sender's media clock against the capture's.
package struct ClockEstimate: Sendable, Equatable {
    /// RTP clock that the arrivals show, hertz.
    package let clock: Int
    /// Thousandths of ppm by which it is fast.
    package let partsPerBillion: Int
    /// Seconds over which that was seen.
    package let span: Double
    /// Seconds by which nine tenths of the points are off the line at most.
    package let spread: Double

    /// Seconds that the clock gains or loses over the span.
    package var drift: Double { Double(partsPerBillion) / 1e9 * span }

    /// Drift below this many seconds is left alone, so that samples stay as they were sent: two participants are then still within 20 ms.
    package static let noticeable = 0.010

    /// Whether it is worth correcting and sure enough: the gain is several times what the points disagree by, and no clock of a device is worse than 2 %.
    package var isSound: Bool { abs(drift) >= Self.noticeable && abs(drift) >= 4 * spread && abs(partsPerBillion) <= 20_000_000 }
}
