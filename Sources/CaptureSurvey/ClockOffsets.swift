import Evidence

/// By how much the clock of one capture differs from another's, measured by packets that both hold.
package struct ClockDifference: Sendable, Equatable {
    /// Seconds by which this capture's times are later than the reference's. The travel time between the two places is part of it.
    package let seconds: Double
    /// Index of the capture compared with.
    package let reference: Int
    /// Packets that both hold, of those compared.
    package let packets: Int
}

/// Differences of the times of packets that two captures hold, by pair of captures.
struct ClockOffsets {
    private struct Pair: Hashable, Comparable {
        let first: UInt32
        let second: UInt32
        static func < (left: Pair, right: Pair) -> Bool { (left.first, left.second) < (right.first, right.second) }
    }

    private struct Samples {
        var values: [Int64] = []
        var count = 0

        var median: Int64 { values.sorted()[values.count / 2] }
    }

    /// Pairs of captures that are measured; further ones are not.
    private static let pairLimit = 4096
    /// Differences kept of one pair; later ones take the places of the earliest.
    private static let sampleLimit = 1024
    /// Fewer say nothing: packets repeat by chance and by the network.
    private static let fewest = 5

    private var pairs: [Pair: Samples] = [:]

    /// One packet that capture `first` has at `firstTime` and `second` at `secondTime`.
    mutating func add(_ first: UInt32, _ firstTime: CaptureTime, _ second: UInt32, _ secondTime: CaptureTime) {
        guard first != second else { return }
        let isInOrder = first < second
        let pair = isInOrder ? Pair(first: first, second: second) : Pair(first: second, second: first)
        let (difference, over) = secondTime.nanoseconds.subtractingReportingOverflow(firstTime.nanoseconds)
        guard !over, pairs[pair] != nil || pairs.count < Self.pairLimit else { return }
        let value = isInOrder ? difference : 0 &- difference
        let count = pairs[pair]?.count ?? 0
        if count < Self.sampleLimit {
            pairs[pair, default: Samples()].values.append(value)
        } else {
            pairs[pair]?.values[count % Self.sampleLimit] = value
        }
        pairs[pair]?.count += 1
    }

    /// The difference of each capture from the first one that it is connected with by common packets; the first has none.
    func differences(captures: Int) -> [ClockDifference?] {
        var neighbours: [UInt32: [(other: UInt32, nanoseconds: Int64, packets: Int)]] = [:]
        for (pair, samples) in pairs.sorted(by: { $0.key < $1.key }) where samples.count >= Self.fewest {
            neighbours[pair.first, default: []].append((pair.second, samples.median, samples.count))
            neighbours[pair.second, default: []].append((pair.first, 0 &- samples.median, samples.count))
        }
        var out: [ClockDifference?] = Array(repeating: nil, count: captures)
        var offsets: [UInt32: Int64] = [:]
        for root in 0..<UInt32(captures) where offsets[root] == nil && neighbours[root] != nil {
            offsets[root] = 0
            var queue = [root]
            var head = 0
            while head < queue.count {
                let at = queue[head]
                head += 1
                for (other, nanoseconds, packets) in neighbours[at] ?? [] where offsets[other] == nil {
                    let offset = (offsets[at] ?? 0) &+ nanoseconds
                    offsets[other] = offset
                    out[Int(other)] = ClockDifference(seconds: Double(offset) / 1e9, reference: Int(root), packets: packets)
                    queue.append(other)
                }
            }
        }
        return out
    }
}
