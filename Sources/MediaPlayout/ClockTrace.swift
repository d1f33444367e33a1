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
    /// The number that comes next.
    @usableFromInline var expected: SequenceNumber
    /// Frame of the last packet in line.
    @usableFromInline var lastFrame: UInt32
    /// Units from the first packet to the last in line.
    @usableFromInline var units: Int64 = 0
    @usableFromInline var origin: Int64
    /// Nothing has to be looked at before, as long as numbers and timestamps go on.
    @usableFromInline var wake = Int64.min
    /// Nanoseconds for each unit of the guessed clock; 0 until it is guessed.
    @usableFromInline var step = 0.0
    @usableFromInline var lastLag = 0.0
    @usableFromInline var leastLag = Double.infinity
    @usableFromInline var leastArrival: Int64 = 0
    /// Least lag since the line was looked at last.
    @usableFromInline var low = Double.infinity
    /// RTP clock that the first seconds show; 0 where none of the usual ones fits.
    package private(set) var clock = 0
    /// Where the stream's sound stands.
    var line = LineTrace()
    private var spanEnd: Int64
    private var width: Int64 = 10_000_000_000
    private var attempts: UInt8 = 0
    private var segment: Int32 = 0
    private var points: [Point] = []
    /// The payload type says what the clock is.
    private var isDescribed = false
    /// Where the clock's guessing began.
    private var guessed: (arrival: Int64, units: Int64)

    static let usualClocks = [8000, 11_025, 12_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000, 90_000, 96_000]
    private static let guessing: Int64 = 2_000_000_000
    private static let maximumPoints = 128
    private static let maximumSegments: Int32 = 64
    /// Nanoseconds by which one packet may be later than the one before without being looked at.
    @inlinable static var longestStep: Double { 1e8 }

    package init(arrival: CaptureTime, sequence: SequenceNumber, timestamp: RTPTimestamp, origin packet: Origin) {
        lastTimestamp = timestamp
        expected = SequenceNumber(sequence.value &+ 1)
        lastFrame = packet.frame
        origin = arrival.nanoseconds
        spanEnd = arrival.nanoseconds &+ 2_000_000_000
        guessed = (arrival.nanoseconds, 0)
    }

    /// Takes the next packet in capture order.
    @inlinable
    @inline(__always)
    package mutating func add(arrival: CaptureTime, sequence: SequenceNumber, timestamp: RTPTimestamp, isMarked: Bool, origin packet: Origin) {
        let moved = units &+ Int64(timestamp.distance(from: lastTimestamp))
        let lag = Double(arrival.nanoseconds &- origin) - Double(moved) * step
        guard sequence == expected, arrival.nanoseconds < wake, abs(lag - lastLag) <= Self.longestStep else {
            turn(
                TracedPacket(
                    arrival: arrival.nanoseconds, units: moved, lag: lag, sequence: sequence, timestamp: timestamp, isMarked: isMarked, origin: packet))
            return
        }
        expected = SequenceNumber(sequence.value &+ 1)
        units = moved
        lastTimestamp = timestamp
        lastFrame = packet.frame
        lastLag = lag
        if lag < leastLag {
            leastLag = lag
            leastArrival = arrival.nanoseconds
        }
        if lag < low { low = lag }
    }

    /// A packet that has to be looked at: it is not the next in line, or comes at another pace, or it is time to.
    @inline(never)
    @usableFromInline
    mutating func turn(_ packet: TracedPacket) {
        guard step > 0 else {
            follow(packet)
            if packet.arrival >= spanEnd { guess(packet) }
            return
        }
        let state = LineTrace.State(expected: expected, units: units, step: step, lastLag: lastLag, low: low, lastFrame: lastFrame)
        switch line.relation(of: packet, to: state) {
        case .repeated: return
        case .apart:
            guard let begun = line.doubt(packet, step: step) else { return }
            // The packets of the new line are in line from its first on; the last of them is this one.
            line.decideAll(low, at: begun.first.arrival)
            line.restart(begun)
            low = begun.least
            jump()
        case .inLine(let rise):
            if rise > Self.longestStep {
                line.rise(packet, state)
                low = .infinity
            }
            if abs(rise) > 5e8 { jump() }
        }
        // The packet itself belongs to the next span.
        if packet.arrival >= spanEnd, clock > 0 { endSpan(packet) }
        follow(packet)
        if packet.arrival >= wake {
            line.watch(packet.arrival, low)
            low = .infinity
        }
        if packet.arrival >= spanEnd { guess(packet) }
        wake = min(spanEnd, line.isWatching ? line.nextWatch : .max)
    }

    /// Timestamps and arrivals part.
    private mutating func jump() {
        close()
        segment += 1
        // Timestamps that jump for ever tell nothing.
        if segment > Self.maximumSegments { points = [] }
    }

    private mutating func follow(_ packet: TracedPacket) {
        units = packet.units
        lastTimestamp = packet.timestamp
        expected = SequenceNumber(packet.sequence.value &+ 1)
        lastFrame = packet.origin.frame
        lastLag = packet.lag
        low = min(low, packet.lag)
        guard packet.lag < leastLag else { return }
        leastLag = packet.lag
        leastArrival = packet.arrival
    }

    private mutating func endSpan(_ packet: TracedPacket) {
        line.part(packet, before: lastFrame)
        close()
        if points.count >= Self.maximumPoints { thin() }
        spanEnd = segment > Self.maximumSegments ? .max : packet.arrival &+ width
    }

    private mutating func guess(_ packet: TracedPacket) {
        let rate = Double(units &- guessed.units) / (Double(packet.arrival &- guessed.arrival) / 1e9)
        if let usual = Self.usualClocks.first(where: { abs(rate / Double($0) - 1) < 0.04 }) {
            clock = usual
            let told = 1e9 / Double(usual)
            spanEnd = packet.arrival &+ width
            leastLag = .infinity
            if step != told, !isDescribed {
                // What was seen so far was read by another clock.
                step = told
                origin = packet.arrival
                units = 0
                lastLag = 0
                low = .infinity
                line.begin(
                    TracedPacket(
                        arrival: packet.arrival, units: 0, lag: 0, sequence: packet.sequence, timestamp: packet.timestamp, isMarked: packet.isMarked,
                        origin: packet.origin), lag: 0, frame: 0, isLate: true)
                wake = spanEnd
            }
        } else {
            attempts += 1
            spanEnd = attempts < 30 ? packet.arrival &+ Self.guessing : .max
        }
        guessed = (packet.arrival, units)
    }

    /// The first packets are here: what they show of clock and time. Nothing where they show none. `known`: what their payload type says, where it
    /// is a static one.
    package mutating func begin(_ early: [(arrival: CaptureTime, timestamp: RTPTimestamp)], first sequence: SequenceNumber, known: ClockRate? = nil) {
        guard step == 0, let first = early.first, let (hertz, frame) = EarlyClock.guess(early, known: known?.hertz) else { return }
        step = 1e9 / Double(hertz)
        isDescribed = known != nil
        let lags = early.map { Double($0.arrival.nanoseconds &- origin) - Double($0.timestamp.distance(from: first.timestamp)) * step }
        lastLag = lags.last ?? 0
        // What is a second before half of them has a damaged time or timestamp.
        let sorted = lags.sorted()
        let least = sorted.first { $0 >= sorted[sorted.count / 2] - 1e9 } ?? 0
        low = least
        line.begin(
            TracedPacket(
                arrival: first.arrival.nanoseconds, units: 0, lag: 0, sequence: sequence, timestamp: first.timestamp, isMarked: false,
                origin: Origin(capture: 0, frame: 0)), lag: least, frame: Int64(frame), isLate: false)
        wake = spanEnd
    }

    private mutating func close() {
        // Until the clock is known for sure nothing is kept of it.
        guard leastLag < .infinity, clock > 0 else { return }
        points.append(Point(time: Double(leastArrival &- origin) / 1e9, lag: leastLag, segment: segment))
        leastLag = .infinity
    }

    /// Where the stream's sound stands, as all of its packets show; nil where they are too few or show no clock.
    package var timeline: FlowTimeline? {
        guard isRead else { return nil }
        let all = settled
        return FlowTimeline(clock: Int((1e9 / step).rounded()), pieces: all.pieces, knownFrom: all.knownFrom, knownUntil: all.knownUntil)
    }

    /// Whether there is anything to tell of it.
    package var isRead: Bool { step > 0 && line.isBegun }

    /// Moments at which the stream's packets, all in line, came at another time than their timestamps say, for good.
    package var jumps: [ClockJump] { isRead ? settled.jumps : [] }

    private var settled: LineTrace {
        var all = line
        all.decideAll(low, at: origin &+ Int64(bounding: Double(units) * step + lastLag))
        return all
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
