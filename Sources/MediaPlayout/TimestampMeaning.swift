import Evidence

/// What a stream's timestamps count.
package enum TimestampMeaning: Sendable, Equatable {
    /// The clock that the payload type's description names.
    case described
    /// Another clock, hertz.
    case clock(Int)
    /// Not time: they stand still, or count octets. The stream's time is counted by its packets.
    case notTime
    /// Time, but several packets have each: all but the first of them stand behind the one before.
    case shared
}

/// Judges by the sound that packets hold what the steps between their timestamps mean.
///
/// Two witnesses have to agree against the description: the length of the sound in consecutive packets, and the pace at which they arrive.
struct TimestampJudge {
    struct Packet {
        let sequence: SequenceNumber
        let timestamp: RTPTimestamp
        let arrival: CaptureTime
        /// Length of its sound in units of the described clock.
        let units: Int
        let octets: Int
    }

    /// Pairs of consecutive packets below which nothing is judged.
    private static let fewestPairs = 5
    private static let usualClocks = [8000, 11_025, 12_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000, 90_000, 96_000]

    private var steps: [Int] = []
    private var units: [Int] = []
    private var octets: [Int] = []
    /// Nanoseconds from the first to the last of consecutive packets.
    private var elapsed: Int64 = 0

    /// `packets` in order of sequence numbers.
    init(_ packets: [Packet]) {
        for (one, two) in zip(packets, packets.dropFirst()) where two.sequence.distance(from: one.sequence) == 1 && one.units > 0 {
            steps.append(two.timestamp.distance(from: one.timestamp))
            units.append(one.units)
            octets.append(one.octets)
            elapsed &+= two.arrival.nanoseconds &- one.arrival.nanoseconds
        }
    }

    /// `observed`: the clock that the arrivals of the whole stream show; 0 where they show none.
    func meaning(described: Int, observed: Int) -> TimestampMeaning {
        let count = steps.count
        guard count >= Self.fewestPairs, described > 0 else { return .described }
        let right = zip(steps, units).count { abs($0 - $1) * 50 <= $1 }
        guard right * 2 < count else { return .described }
        let heard = Double(units.reduce(0, +)) / Double(described)
        let pace = Double(elapsed) / 1e9 / heard
        if let clock = steadyClock(described), abs(Double(clock) / Double(described) - 1) > 0.2 {
            let isSeen = abs(Double(observed) / Double(clock) - 1) < 0.05
            if isSeen || (observed != described && abs(pace - 1) < 0.35) { return .clock(clock) }
            if Self.usualClocks.contains(clock) { return .described }
        }
        let still = steps.count { $0 == 0 }
        let counted = zip(steps, octets).count { $0 == $1 }
        guard abs(pace - 1) < 0.5 else { return .described }
        if still * 4 >= count, isShared { return .shared }
        return max(still, counted) * 10 >= count * 8 ? .notTime : .described
    }

    /// Whether steps of one length between packets without any tell as much time as there is sound: what has one timestamp was not sent twice.
    private var isShared: Bool {
        let moves = steps.filter { $0 != 0 }
        guard moves.count > 1, let least = moves.min(), let most = moves.max(), least > 0, most <= 2 * least else { return false }
        return abs(steps.reduce(0, +) - units.reduce(0, +)) <= most
    }

    /// The clock at which four fifths of the steps are as long as the sound; nil where they are not in one proportion.
    private func steadyClock(_ described: Int) -> Int? {
        let ratios = zip(steps, units).map { Double($0) / Double($1) }
        let middle = ratios.sorted()[ratios.count / 2]
        guard middle > 0, ratios.count(where: { abs($0 / middle - 1) < 0.02 }) * 5 >= ratios.count * 4 else { return nil }
        let clock = middle * Double(described)
        guard (100...384_000).contains(clock) else { return nil }
        return Self.usualClocks.first { abs(clock / Double($0) - 1) < 0.02 } ?? Int(clock.rounded())
    }

    /// The usual length of a packet's sound, in units of the described clock.
    var typicalUnits: Int { units.sorted()[units.count / 2] }
}

/// Timestamps made up for a stream whose own are no time: as if each packet lasted as long as most of the first.
struct CountedTime {
    let units: Int
    private var sequence: SequenceNumber
    private var timestamp: RTPTimestamp

    init(units: Int, from sequence: SequenceNumber, _ timestamp: RTPTimestamp) {
        self.units = units
        self.sequence = sequence
        self.timestamp = timestamp
    }

    mutating func timestamp(of number: SequenceNumber) -> RTPTimestamp {
        let distance = number.distance(from: sequence)
        let made = RTPTimestamp(timestamp.value &+ UInt32(truncatingIfNeeded: distance &* units))
        if distance > 0 {
            sequence = number
            timestamp = made
        }
        return made
    }
}

/// Times of packets of which several have one timestamp: from the first of these on, each stands behind the one before. Asked in order of numbers.
struct SharedTime {
    /// Packets with one timestamp, at most.
    private static let longestGroup = 16

    /// Units that most packets last.
    let units: Int
    private var first: (sequence: SequenceNumber, timestamp: RTPTimestamp)?

    init(units: Int) { self.units = units }

    mutating func timestamp(of number: SequenceNumber, told: RTPTimestamp) -> RTPTimestamp {
        guard let first, first.timestamp == told, (1..<Self.longestGroup).contains(number.distance(from: first.sequence)) else {
            first = (number, told)
            return told
        }
        return RTPTimestamp(told.value &+ UInt32(number.distance(from: first.sequence) * units))
    }
}
