import Evidence
import RTPSyntax

extension EarlyPacket {
    /// The commonest positive step of the timestamp between the first packets, in order of their numbers and each once: a mirror port shows them twice.
    package static func step(of early: [EarlyPacket]) -> Int? {
        var counts: [Int: Int] = [:]
        let packets = inOrder(early)
        for (before, after) in zip(packets, packets.dropFirst()) {
            // Of numbers that are missing every one had its step.
            let numbers = after.sequence.distance(from: before.sequence)
            let units = after.timestamp.distance(from: before.timestamp)
            guard numbers > 0, units % numbers == 0 else { continue }
            counts[units / numbers, default: 0] += 1
        }
        let best = counts.filter { $0.key > 0 }.max { ($0.value, -$0.key) < ($1.value, -$1.key) }
        guard let best, best.value * 2 >= packets.count - 1 else { return nil }
        return best.key
    }

    /// The first packets by their numbers, each once.
    package static func inOrder(_ early: [EarlyPacket]) -> [EarlyPacket] {
        guard let first = early.first else { return [] }
        let sorted = early.enumerated().sorted {
            let left = $0.element.sequence.distance(from: first.sequence)
            let right = $1.element.sequence.distance(from: first.sequence)
            return left != right ? left < right : $0.offset < $1.offset
        }.map(\.element)
        return sorted.indices.filter { $0 == 0 || sorted[$0].sequence != sorted[$0 - 1].sequence || sorted[$0].timestamp != sorted[$0 - 1].timestamp }
            .map { sorted[$0] }
    }
}
