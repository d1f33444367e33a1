import Evidence

/// Finds the pairs of tones of telephone keys in sound (ITU-T Q.23, Q.24), by the Goertzel algorithm over windows of 20 ms.
///
/// A key counts from two windows in a row on. What is heard is evidence, not a message: voices can sound like a key for a moment.
struct ToneDetector {
    private static let rows = [697.0, 770.0, 852.0, 941.0]
    private static let columns = [1209.0, 1336.0, 1477.0, 1633.0]
    /// Events of RFC 4733 by row and column.
    private static let events: [UInt8] = [1, 2, 3, 12, 4, 5, 6, 13, 7, 8, 9, 14, 10, 0, 11, 15]

    /// Part of the window's energy that the two tones must have.
    private static let share = 0.75
    /// Power by which one tone may exceed the other: 8 dB.
    private static let twist = 6.31
    /// Least root mean square of a key: 42 dB below full scale.
    private static let leastLevel = 260.0

    private var rate = 0
    private var length = 160
    private var coefficients: [Double] = []
    private var window: [Double] = []
    /// Frame at which the window begins.
    private var windowStart: Int64 = 0
    /// The key of the running windows, where its first began, and how many there are.
    private var current: (event: UInt8, start: Int64, windows: Int)?

    /// A key that ended, in frames.
    struct Key: Equatable {
        let event: UInt8
        let start: Int64
        let end: Int64
    }

    /// Looks at `samples` from frame `position` on. Returns keys that ended; `hasTone` is true where one is being heard.
    mutating func scan(_ samples: [Int16], from first: Int, channels: Int, at position: Int64, rate newRate: Int) -> (ended: [Key], hasTone: Bool) {
        guard channels > 0, newRate >= 4000 else { return ([], false) }
        var ended: [Key] = []
        if newRate != rate { configure(newRate) }
        if position != windowStart + Int64(window.count) {
            if let key = finish() { ended.append(key) }
            window.removeAll(keepingCapacity: true)
            windowStart = position
        }
        var hasTone = false
        var index = first
        while index + channels <= samples.count {
            window.append(Double(samples[index]))
            index += channels
            guard window.count == length else { continue }
            let event = classify()
            hasTone = hasTone || event != nil
            if event == nil || event != current?.event {
                if let key = finish() { ended.append(key) }
                current = event.map { ($0, windowStart, 1) }
            } else {
                current?.windows += 1
            }
            windowStart += Int64(length)
            window.removeAll(keepingCapacity: true)
        }
        return (ended, hasTone)
    }

    /// The running key, when it lasted long enough.
    mutating func finish() -> Key? {
        defer { current = nil }
        guard let current, current.windows >= 2 else { return nil }
        return Key(event: current.event, start: current.start, end: current.start + Int64(current.windows * length))
    }

    private mutating func configure(_ newRate: Int) {
        rate = newRate
        length = newRate / 50
        coefficients = (Self.rows + Self.columns).map { 2 * Self.cosine(turns: $0 / Double(newRate)) }
        window = []
        windowStart = .min / 2
        current = nil
    }

    private func classify() -> UInt8? {
        var energy = 0.0
        for value in window { energy += value * value }
        guard energy >= Self.leastLevel * Self.leastLevel * Double(length) else { return nil }
        let powers = coefficients.map(power)
        let row = powers[..<4].indices.max { powers[$0] < powers[$1] } ?? 0
        let column = powers[4...].indices.max { powers[$0] < powers[$1] } ?? 4
        // A pure tone of a window's energy E has power E * length / 2.
        let scale = 2 / (energy * Double(length))
        guard (powers[row] + powers[column]) * scale >= Self.share else { return nil }
        guard powers[row] <= powers[column] * Self.twist, powers[column] <= powers[row] * Self.twist else { return nil }
        return Self.events[4 * row + column - 4]
    }

    private func power(_ coefficient: Double) -> Double {
        var last = 0.0
        var before = 0.0
        for value in window {
            let next = value + coefficient * last - before
            before = last
            last = next
        }
        return last * last + before * before - coefficient * last * before
    }

    /// cos(2 pi turns) by its power series, for at most half a turn.
    private static func cosine(turns: Double) -> Double {
        let angle = 2 * Double.pi * min(turns, 0.5)
        var term = 1.0
        var sum = 1.0
        for index in 1...14 {
            term *= -angle * angle / Double((2 * index - 1) * 2 * index)
            sum += term
        }
        return sum
    }
}
