package import Evidence

/// Where the sound of a stream stands, decided over all of its packets: pieces in which timestamps alone say it.
///
/// Nothing that arrives late moves anything; what does is in the list.
package struct FlowTimeline: Sendable, Equatable {
    /// RTP clock that it was read by, hertz.
    package let clock: Int
    /// In order of time; the first begins with the stream.
    package internal(set) var pieces: [TimelinePiece]
    /// Packets that arrive before, or from `knownUntil` on, were not judged.
    package let knownFrom: CaptureTime
    package let knownUntil: CaptureTime

    /// By how many nanoseconds the moment of a timestamp of the first piece is before what its first packets say; 0 where they are right.
    ///
    /// `anchor`: the moment of `timestamp` by them.
    package func correction(of anchor: CaptureTime, timestamp: RTPTimestamp, in piece: TimelinePiece) -> Int64 {
        guard let earliest = piece.moment(of: timestamp, clock: clock) else { return 0 }
        let (early, over) = anchor.nanoseconds.subtractingReportingOverflow(earliest.nanoseconds)
        // A clock that drifts shows the same, so that only more than that counts.
        return !over && Double(early) > max(piece.slack, FlowTimeline.jitter) ? early : 0
    }

    /// When a packet that arrives at `arrival` would have arrived without queueing; its arrival where that is not much later, or where nobody knows.
    func moment(of timestamp: RTPTimestamp, arrivingAt arrival: CaptureTime) -> CaptureTime {
        guard arrival >= knownFrom, arrival < knownUntil, let moment = piece(at: arrival)?.moment(of: timestamp, clock: clock) else { return arrival }
        let late = Double(arrival.nanoseconds) - Double(moment.nanoseconds)
        return late > Self.jitter && late < Self.longestStall * 1e9 ? moment : arrival
    }

    /// Seconds that the network may hold packets up.
    static let longestStall = 60.0

    /// Nanoseconds that first packets may be late by without a correction.
    private static let jitter = 1e8

    /// The piece that a packet arriving at `time` belongs to.
    package func piece(at time: CaptureTime) -> TimelinePiece? { pieces.last { $0.arrival <= time } ?? pieces.first }
}

/// A run of packets that one anchor holds for.
package struct TimelinePiece: Sendable, Equatable {
    package enum Kind: Sendable, Equatable {
        /// The stream begins.
        case start
        /// Numbers and timestamps go on, but the sender had paused for a time that they do not count.
        case pause
        /// Another numbering or other timestamps.
        case restart
    }

    package let kind: Kind
    /// Its first packet.
    package let sequence: SequenceNumber
    package let timestamp: RTPTimestamp
    package let arrival: CaptureTime
    /// When the first packet would have arrived without queueing, by the least late of all packets of the piece.
    package internal(set) var earliest: CaptureTime
    /// Nanoseconds by which that is uncertain.
    package internal(set) var slack = 0.0

    init(_ packet: TracedPacket, kind: Kind) {
        self.kind = kind
        sequence = packet.sequence
        timestamp = packet.timestamp
        arrival = CaptureTime(nanoseconds: packet.arrival)
        earliest = arrival
    }

    /// When `timestamp` would have arrived without queueing; nil where it is too far from the first for one count of 32 bits.
    func moment(of timestamp: RTPTimestamp, clock: Int) -> CaptureTime? {
        let units = Int64(timestamp.distance(from: self.timestamp))
        guard clock > 0, abs(units) < 1 << 30 else { return nil }
        return CaptureTime(nanoseconds: earliest.nanoseconds &+ units &* 1_000_000_000 / Int64(clock))
    }
}

/// A moment at which the packets of a stream, whose numbers and timestamps go on, came at another time for good.
package struct ClockJump: Sendable, Equatable {
    /// Positive where the packets came later.
    package internal(set) var nanoseconds: Int64
    package let capture: UInt32
    /// Frames of the packets around it.
    package let before: UInt32
    package let after: UInt32
    /// Time went backward, which no sender does.
    package let isCertain: Bool
}

/// Guesses an RTP clock from a stream's first packets.
enum EarlyClock {
    /// Milliseconds that packets of sound last.
    private static let usual = [2.5, 5, 10, 20, 30, 40, 50, 60, 80, 90, 100, 120]

    /// The clock, and the units that a packet lasts; nil where packets are of no one length, or come at no pace that fits one.
    static func guess(_ packets: [(arrival: CaptureTime, timestamp: RTPTimestamp)], known: Int?) -> (clock: Int, frame: Int)? {
        var counts: [Int: Int] = [:]
        var gaps: [Int: [Int64]] = [:]
        // Each once and by their timestamps: a capture may hold everything twice, and packets overtake one another.
        guard let first = packets.first?.timestamp else { return nil }
        var seen: Set<RTPTimestamp> = []
        let distinct = packets.filter { seen.insert($0.timestamp).inserted }.sorted {
            $0.timestamp.distance(from: first) < $1.timestamp.distance(from: first)
        }
        for (one, two) in zip(distinct, distinct.dropFirst()) {
            let step = two.timestamp.distance(from: one.timestamp)
            counts[step, default: 0] += 1
            gaps[step, default: []].append(two.arrival.nanoseconds &- one.arrival.nanoseconds)
        }
        let best = counts.filter { $0.key > 0 }.max { ($0.value, -$0.key) < ($1.value, -$1.key) }
        guard let best, best.value >= 4, best.value * 2 >= distinct.count - 1, let times = gaps[best.key]?.sorted() else { return nil }
        if let known, known > 0 { return (known, best.key) }
        // Without the longest, which may be a stall.
        let rest = times.dropLast()
        let pace = Double(rest.reduce(0, &+)) / Double(rest.count) / 1e6
        guard pace > 0.5, pace < 500 else { return nil }
        func ratio(_ clock: Int) -> Double {
            let length = Double(best.key) / Double(clock) * 1000
            guard usual.contains(where: { abs(length / $0 - 1) < 0.01 }) else { return .infinity }
            return max(length / pace, pace / length)
        }
        guard let clock = ClockTrace.usualClocks.min(by: { ratio($0) < ratio($1) }), ratio(clock) < 1.45 else { return nil }
        return (clock, best.key)
    }
}
