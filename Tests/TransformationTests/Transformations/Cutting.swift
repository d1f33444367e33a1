import TestSupport

extension Capture {
    /// Cut between frames into `count` files that follow one another, given in any order.
    func cut(into count: Int, _ random: inout SeededRandom) -> [Capture] {
        guard frames.count > count else { return [self] }
        var places: Set<Int> = []
        while places.count < count - 1 { places.insert(Int.random(in: 1..<frames.count, using: &random)) }
        let bounds = [0] + places.sorted() + [frames.count]
        return zip(bounds, bounds.dropFirst()).map { Capture(linkType: linkType, frames: Array(frames[$0..<$1])) }.shuffled(using: &random)
    }

    /// Each frame in one of `count` files, at random; frames of the same time stay together, as nothing would tell their order.
    func dealt(into count: Int, _ random: inout SeededRandom) -> [Capture] {
        var files = [Capture](repeating: Capture(linkType: linkType, frames: []), count: count)
        var target = 0
        var last: Int64?
        for frame in frames {
            if frame.time != last { target = Int.random(in: 0..<count, using: &random) }
            last = frame.time
            files[target].frames.append(frame)
        }
        return files.filter { !$0.frames.isEmpty }.shuffled(using: &random)
    }

    /// Every frame twice, one after the other.
    func doubled() -> Capture { Capture(linkType: linkType, frames: frames.flatMap { [$0, $0] }) }

    /// Every frame again, 100 to 900 µs later, as a second mirror port shows it: other MAC addresses, a VLAN tag, one hop further.
    func mirrored(_ random: inout SeededRandom) -> Capture {
        let copies = frames.map { frame in
            var copy = frame
            copy.time += Int64.random(in: 100_000...900_000, using: &random)
            guard linkType == 1, let packet = Packet(frame.octets, linkType: linkType) else { return copy }
            let ip = Array(frame.octets[packet.network...])
            let addresses: [UInt8] = [0x02, 0x11, 0x22, 0x33, 0x44, 0x55, 0x02, 0x66, 0x77, 0x88, 0x99, 0xAA]
            copy.octets = addresses + [0x81, 0, 0, 42] + (packet.isIPv6 ? [0x86, 0xDD] : [8, 0]) + ip
            copy.original += copy.octets.count - frame.octets.count
            let hops = 18 + (packet.isIPv6 ? 7 : 8)
            if copy.octets[hops] > 1 { copy.octets[hops] -= 1 }
            return copy.withChecksums(18)
        }
        return Capture(linkType: linkType, frames: frames + copies).sorted()
    }
}
