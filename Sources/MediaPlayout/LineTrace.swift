public import Evidence

/// The header of a packet that a trace looks at.
@frozen
@usableFromInline
struct TracedPacket: Sendable {
    @usableFromInline let arrival: Int64
    /// Units from the stream's first packet.
    @usableFromInline let units: Int64
    /// Nanoseconds by which it came after what the clock says.
    @usableFromInline let lag: Double
    @usableFromInline let sequence: SequenceNumber
    @usableFromInline let timestamp: RTPTimestamp
    @usableFromInline let isMarked: Bool
    @usableFromInline let origin: Origin

    @inlinable
    init(arrival: Int64, units: Int64, lag: Double, sequence: SequenceNumber, timestamp: RTPTimestamp, isMarked: Bool, origin: Origin) {
        self.arrival = arrival
        self.units = units
        self.lag = lag
        self.sequence = sequence
        self.timestamp = timestamp
        self.isMarked = isMarked
        self.origin = origin
    }
}

/// Where the sound of one stream stands: judged while its packets pass by, and never before it is known what came of a delay.
///
/// A line is a run of packets whose numbers and timestamps go on. A packet in line that is suddenly late opens a question: a stall of the network, that is
/// made up for sooner or later, or a pause that timestamps do not count. The question stands until the lag is back (a stall), or until the line ends:
/// then the least lag since decides. Bounds: `questionLimit` open questions (128 octets each) and `pieceLimit` pieces (32 each).
struct LineTrace: Sendable {
    /// How a packet relates to the line.
    enum Relation {
        /// Next, or after some that are missing; `rise`: nanoseconds by which it is later than the one before.
        case inLine(rise: Double)
        /// Sent before: repeated or overtaken.
        case repeated
        /// Of another line, or damaged.
        case apart
    }

    /// What followed upon a sudden delay, not yet explained.
    struct Question: Sendable {
        let packet: TracedPacket
        /// Least lag before.
        let base: Double
        /// Nanoseconds that the network is blamed for.
        let patience: Double
        /// Frame of the packet before.
        let before: UInt32
        /// Least lag since.
        var least: Double
        /// When it was looked at last.
        var seen: Int64 = 0
        var windows = InlineArray<4, Double>(repeating: .infinity)
        var windowCount = 0

        /// Whether the lag goes down window by window, faster than any clock drifts: what was held up is still coming.
        var isFalling: Bool {
            let elapsed = Double(seen &- packet.arrival)
            guard windowCount >= 3 else { return elapsed > 0 && packet.lag - least >= 0.25 * elapsed }
            let count = min(windowCount, 4)
            let first = windows[(windowCount - count) % 4]
            let last = windows[(windowCount - 1) % 4]
            return first - last >= 0.02 * Double(count - 1) * Double(LineTrace.window) && packet.lag - least >= 0.02 * elapsed
        }
    }

    /// How far the line is.
    struct State {
        let expected: SequenceNumber
        let units: Int64
        /// Nanoseconds for each unit.
        let step: Double
        let lastLag: Double
        /// Least lag since `watch` was called last.
        let low: Double
        let lastFrame: UInt32
    }

    /// Packets that may begin another line.
    struct Doubt: Sendable {
        let first: TracedPacket
        var last: TracedPacket
        var least: Double
        var count = 1
        /// Packets of the line meanwhile.
        var ordinary = 0
    }

    /// Nanoseconds after which an open question is looked at again.
    static let window: Int64 = 500_000_000
    private static let questionLimit = 64
    private static let pieceLimit = 1024
    private static let jumpLimit = 64
    /// Numbers that may be missing at once and be in line whatever the timestamps say.
    private static let mostMissing = 64
    /// Nanoseconds of silence that timestamps may claim, or of sound that they may take back, without a doubt.
    private static let claimed = 4e7
    /// Nanoseconds within which a lag is the one before.
    private static let tolerance = 6e7
    /// By how much of the time passed clocks part, usually and at most.
    private static let drift = 1e-3
    private static let worstDrift = 0.022
    /// Nanoseconds by which timestamps may part from arrivals without a step.
    private static let farthest = 1e10
    /// Nanoseconds by which a lag is really less.
    private static let noticeable = 2e7
    /// Nanoseconds by which a packet may be overtaken.
    private static let longestDelay = 1e10

    private(set) var isBegun = false
    private(set) var pieces: [TimelinePiece] = []
    private(set) var jumps: [ClockJump] = []
    private(set) var knownFrom = CaptureTime.distantPast
    private(set) var knownUntil = CaptureTime.distantFuture
    /// Units that a packet usually lasts.
    private var frame: Int64 = 0
    private var questions: [Question] = []
    /// One, or none: apart, as few streams have any.
    private var doubts: [Doubt] = []
    /// Least lag of the span before this one.
    private var previousLow = Double.infinity
    private var least = Double.infinity
    private var leastArrival: Int64 = 0
    /// A jump whose size is not known yet, and the least lag before it.
    private var openJump: (index: Int, base: Double)?
    /// The packet that the last piece begins with.
    private var start: TracedPacket?
    /// When the open questions are to be looked at again.
    private(set) var nextWatch = Int64.max

    var isWatching: Bool { !questions.isEmpty || openJump != nil }

    /// `isLate`: what came before is not known.
    mutating func begin(_ packet: TracedPacket, lag: Double, frame: Int64, isLate: Bool) {
        self = LineTrace()
        isBegun = true
        self.frame = frame
        if isLate { knownFrom = CaptureTime(nanoseconds: packet.arrival) }
        start = packet
        least = lag
        leastArrival = packet.arrival
        pieces = [TimelinePiece(packet, kind: .start)]
    }

    // MARK: one packet

    mutating func relation(of packet: TracedPacket, to state: State) -> Relation {
        let distance = packet.sequence.distance(from: state.expected)
        let ahead = packet.units &- state.units
        let step = state.step
        let rise = packet.lag - state.lastLag
        let isTimely = abs(rise) <= ClockTrace.longestStep
        if distance >= 0, distance <= Self.mostMissing {
            let claim = claim(ahead, distance) * step
            // Timestamps that go back, or that tell of silence there was no time for.
            if Double(ahead) * step < -Self.claimed { return .apart }
            if claim > Self.claimed, packet.lag < undelayed(state.low) - ClockTrace.longestStep { return .apart }
            settle(distance, ahead, isTimely, step)
            noteBackward(packet, rise: rise, elapsed: rise + Double(ahead) * step, state)
            if var doubt = doubts.first {
                doubt.ordinary += 1
                doubts = doubt.ordinary > 16 ? [] : [doubt]
            }
            return .inLine(rise: rise)
        }
        // Of this numbering, or at least of this time.
        if distance < 0, ahead <= 0 { return Double(ahead) * step > -Self.longestDelay ? .repeated : .apart }
        // Time goes on as it should, and only the numbers do not: they began anew, or one is damaged.
        if ahead > 0, isTimely || ahead == frame {
            doubts = []
            return .inLine(rise: rise)
        }
        // Many were lost at once, and it took as long.
        if distance > 0, frame > 0 {
            let counted = Double(distance + 1) * Double(frame)
            if abs(Double(ahead) - counted) < counted * 0.1 { return .inLine(rise: rise) }
        }
        return .apart
    }

    /// Units of silence that a timestamp claims before its packet; 0 while it is not known how long packets are.
    private func claim(_ ahead: Int64, _ distance: Int) -> Double { frame > 0 ? Double(ahead &- Int64(distance + 1) &* frame) : 0 }

    private mutating func settle(_ distance: Int, _ ahead: Int64, _ isTimely: Bool, _ step: Double) {
        if distance == 0, isTimely, ahead > 0, Double(ahead) * step <= 1.2e8, doubts.isEmpty { frame = ahead }
    }

    /// Least lag before anything was held up. While a queue drains, timestamps that count a silence come as early as that.
    private func undelayed(_ low: Double) -> Double { questions.first?.base ?? min(previousLow, low) }

    private func lowest(_ low: Double) -> Double { questions.last.map { min($0.least, low) } ?? min(previousLow, low) }

    /// Time that goes backward is nobody's pause: the capture's clock was set.
    private mutating func noteBackward(_ packet: TracedPacket, rise: Double, elapsed: Double, _ state: State) {
        guard elapsed < -ClockTrace.longestStep else { return }
        let base = lowest(state.low)
        // Lags before and after do not compare.
        decideAll(state.low, at: packet.arrival)
        start = nil
        previousLow = .infinity
        guard jumps.count < Self.jumpLimit else { return }
        addJump(rise, packet, before: state.lastFrame, isCertain: true)
        // By how much is known once more packets were here.
        openJump = (jumps.count - 1, base)
        nextWatch = packet.arrival &+ Self.window
    }

    private mutating func addJump(_ nanoseconds: Double, _ packet: TracedPacket, before: UInt32, isCertain: Bool) {
        guard jumps.count < Self.jumpLimit else { return }
        jumps.append(
            ClockJump(
                nanoseconds: Int64(bounding: nanoseconds), capture: packet.origin.capture, before: before, after: packet.origin.frame, isCertain: isCertain))
    }

    /// A packet in line that is suddenly late. `low`: least lag since `watch` was called last.
    mutating func rise(_ packet: TracedPacket, _ state: State) {
        if let (index, base) = openJump, packet.lag > base - ClockTrace.longestStep, jumps.indices.contains(index) {
            // Only that packet's time was damaged.
            jumps.remove(at: index)
            openJump = nil
            previousLow = base
            return
        }
        let base = lowest(state.low)
        watch(packet.arrival, state.low)
        guard base < .infinity, packet.lag - base > ClockTrace.longestStep else { return }
        let claim = claim(packet.units &- state.units, packet.sequence.distance(from: state.expected)) * state.step
        ask(packet, base: base, isAnnounced: packet.isMarked && claim <= Self.claimed, before: state.lastFrame)
    }

    private mutating func ask(_ packet: TracedPacket, base: Double, isAnnounced: Bool, before: UInt32) {
        if questions.count >= Self.questionLimit { settleFirst() }
        questions.append(
            Question(
                packet: packet, base: base, patience: isAnnounced ? ClockTrace.longestStep : 5 * ClockTrace.longestStep, before: before, least: packet.lag))
        nextWatch = packet.arrival &+ Self.window
    }

    /// Looks at the questions again: the lag has been `low` at least since the last time.
    mutating func watch(_ now: Int64, _ low: Double) {
        nextWatch = now &+ Self.window
        guard low < .infinity else { return }
        if let (index, base) = openJump, jumps.indices.contains(index) {
            jumps[index].nanoseconds = Int64(bounding: low - base)
            openJump = nil
        }
        guard var last = questions.popLast() else {
            note(low, now)
            return
        }
        last.least = min(last.least, low)
        last.windows[last.windowCount % 4] = low
        last.windowCount += 1
        last.seen = now
        questions.append(last)
        while let top = questions.last, low <= top.base + Self.tolerance + Self.drift * Double(now &- top.packet.arrival) {
            // It was a stall, and is over.
            questions.removeLast()
            guard var under = questions.popLast() else {
                note(min(top.least, low), now)
                return
            }
            under.least = min(under.least, top.least)
            under.windowCount = 0
            questions.append(under)
        }
    }

    private mutating func note(_ low: Double, _ now: Int64) {
        previousLow = low
        if low < least - Self.noticeable { leastArrival = now }
        least = min(least, low)
    }

    /// A span is over. Timestamps that run at another pace than time part from it without a step: beyond 10 s the stream is placed anew.
    mutating func part(_ packet: TracedPacket, before: UInt32) {
        guard let start, questions.count < Self.questionLimit else { return }
        let elapsed = Double(packet.arrival &- start.arrival)
        if let low = questions.last?.least ?? (previousLow < .infinity ? least : nil), packet.lag - low > max(Self.farthest, Self.worstDrift * elapsed) {
            ask(packet, base: low, isAnnounced: false, before: before)
        } else if questions.isEmpty, start.lag - packet.lag > max(Self.farthest, Self.worstDrift * elapsed), packet.lag <= least + Self.tolerance,
            least <= start.lag - Self.farthest, leastArrival &- start.arrival > 60_000_000_000
        {
            begin(.pause, packet, least: packet.lag)
        }
    }

    /// Takes a packet that is not in line; returns what began when enough of them follow one another.
    mutating func doubt(_ packet: TracedPacket, step: Double) -> Doubt? {
        guard var doubt = doubts.first, (1...16).contains(packet.sequence.distance(from: doubt.last.sequence)),
            (0..<Int64(1e10 / step)).contains(packet.units &- doubt.last.units)
        else {
            doubts = [Doubt(first: packet, last: packet, least: packet.lag)]
            return nil
        }
        doubt.last = packet
        doubt.least = min(doubt.least, packet.lag)
        doubt.count += 1
        guard doubt.count >= 4, doubt.count > 2 * doubt.ordinary else {
            doubts = [doubt]
            return nil
        }
        doubts = []
        return doubt
    }

    mutating func restart(_ begun: Doubt) { begin(.restart, begun.first, least: begun.least) }

    private mutating func begin(_ kind: TimelinePiece.Kind, _ packet: TracedPacket, least: Double) {
        finishPiece()
        if pieces.count < Self.pieceLimit {
            pieces.append(TimelinePiece(packet, kind: kind))
        } else if knownUntil == .distantFuture {
            knownUntil = CaptureTime(nanoseconds: packet.arrival)
        }
        start = packet
        self.least = least
        leastArrival = packet.arrival
        previousLow = .infinity
    }

    // MARK: decisions

    /// The oldest question is decided by what is known now, as there are too many.
    private mutating func settleFirst() {
        guard let first = questions.first else { return }
        let rest = questions.reduce(Double.infinity) { min($0, $1.least) }
        decide(first, least: rest, isFalling: false)
        questions.removeFirst()
    }

    private mutating func decide(_ question: Question, least after: Double, isFalling: Bool) {
        if after - question.base > ClockTrace.longestStep, !isFalling {
            addJump(after - question.base, question.packet, before: question.before, isCertain: false)
        }
        guard after - question.base > question.patience, !isFalling else {
            if question.least < least - Self.noticeable { leastArrival = question.seen }
            least = min(least, question.least)
            return
        }
        begin(.pause, question.packet, least: question.least)
    }

    /// The last piece is over: where its first packet stands by the least late of all its packets.
    private mutating func finishPiece() {
        guard let start, var last = pieces.popLast() else { return }
        last.earliest = CaptureTime(nanoseconds: start.arrival &- Int64(bounding: start.lag - least))
        last.slack = Self.tolerance + 0.03 * Double(leastArrival &- start.arrival)
        pieces.append(last)
    }

    /// The line ends, or the stream: every question is answered.
    mutating func decideAll(_ low: Double, at now: Int64) {
        watch(now, low)
        let open = questions
        questions = []
        for (index, question) in open.enumerated() {
            let rest = open[index...]
            let after = rest.reduce(Double.infinity) { min($0, $1.least) }
            decide(question, least: after, isFalling: rest.first { $0.least == after }?.isFalling ?? false)
        }
        finishPiece()
    }
}

extension Int64 {
    /// The nearest integer; far out, where nothing is told apart any more, the bound.
    init(bounding value: Double) { self = value.isFinite ? Int64(Swift.max(-4e18, Swift.min(4e18, value)).rounded()) : 0 }
}
