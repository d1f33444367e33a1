import Evidence
import NetworkLayers
import TestSupport
import Testing

/// Media on streams (RFC 4571, RFC 8656 section 12.5): found by several frames in a row, and only then.
struct FramedMediaTests {
    private static func rtp(_ number: Int, ssrc: UInt32 = 7) -> [UInt8] {
        let head: [UInt8] = [0x80, 0] + FrameBuilder.be16(number) + FrameBuilder.be32(UInt32(number * 160)) + FrameBuilder.be32(ssrc)
        return head + (0..<20).map { UInt8(($0 ^ number) & 0xFF) }
    }

    private static func stun(_ type: Int = 0x0001, _ attributes: [UInt8] = []) -> [UInt8] {
        let head: [UInt8] = FrameBuilder.be16(type) + FrameBuilder.be16(attributes.count) + [0x21, 0x12, 0xA4, 0x42]
        return head + [UInt8](repeating: 9, count: 12) + attributes
    }

    private static func framed(_ packet: [UInt8]) -> [UInt8] { FrameBuilder.be16(packet.count) + packet }
    private static func channel(_ packet: [UInt8]) -> [UInt8] {
        [0x40, 0x01] + FrameBuilder.be16(packet.count) + packet + [UInt8](repeating: 0, count: (4 - packet.count % 4) % 4)
    }

    private func run(_ pieces: [[UInt8]], lostBefore: [Int: Int] = [:]) -> [FramedPacket] {
        var reader = FramedMediaReader()
        var out: [FramedPacket] = []
        for (index, piece) in pieces.enumerated() { out += reader.feed(piece, origins: origins(index + 1), lostBefore: lostBefore[index] ?? 0) }
        return out + reader.finish()
    }

    @Test func cutAtEachOctetGivesTheSamePackets() {
        let packets = [Self.rtp(65_535), Self.rtp(0), Self.rtp(1), Self.stun(), Self.rtp(2)]
        let stream = packets.flatMap(Self.framed)
        for cut in 0...stream.count { #expect(run(pieces(stream, cutAt: [cut])).map(\.octets) == packets, "cut at \(cut)") }
        let single = run(stream.map { [$0] })
        #expect(single.map(\.octets) == packets)
        // The time is that of the packet's last octet, the origin that of its first.
        #expect(single[4].time == CaptureTime(nanoseconds: Int64(stream.count) * 1000))
        #expect(single[4].origin.frame == UInt32(stream.count - packets[4].count + 1))
    }

    @Test func relayOverAStreamIsCutByItsOwnLengths() {
        let stream = Self.stun(0x0003, [0, 0x19, 0, 4, 17, 0, 0, 0]) + Self.stun(0x0009) + Self.channel(Self.rtp(1) + [1]) + Self.channel(Self.rtp(2))
        let packets = run(pieces(stream, cutAt: [7, 60, 90])).map(\.octets)
        #expect(packets.count == 4)
        #expect(packets.last == [0x40, 0x01] + FrameBuilder.be16(32) + Self.rtp(2))
        #expect(packets[2].count == 4 + 33)
    }

    @Test func fewOrContradictingFramesAreNotTaken() {
        #expect(run([Self.framed(Self.rtp(1)) + Self.framed(Self.rtp(2, ssrc: 8))]).isEmpty)
        // Sequence numbers from nowhere.
        #expect(run([[1, 900, 5000, 20_000].flatMap { Self.framed(Self.rtp($0)) }]).isEmpty)
        #expect(run([[UInt8](repeating: 0, count: 5000)]).isEmpty)
    }

    @Test func lossAndAStartInsideAPacketAreJoined() {
        let all = (0..<20).map { Self.rtp($0) }
        let stream = all.flatMap(Self.framed)
        let middle = run([Array(stream[11...])])
        #expect(middle.map(\.octets) == Array(all[1...]))
        // 50 octets are missing inside packets 5 and 6.
        let lossy = run([Array(stream[..<180]), Array(stream[230...])], lostBefore: [1: 50])
        #expect(lossy.map(\.octets) == Array(all[..<5]) + Array(all[7...]))
    }

    @Test(arguments: [51, 52] as [UInt64])
    func randomOctetsGiveNothingAndAreGivenUp(_ seed: UInt64) {
        var random = SeededRandom(seed: seed)
        var reader = FramedMediaReader()
        var found = 0
        for _ in 0..<150 {
            found += reader.feed((0..<1000).map { _ in UInt8.random(in: 0...255, using: &random) }, origins: origins(1), lostBefore: 0).count
        }
        #expect(found == 0, "seed \(seed)")
        #expect(reader.isNotMedia, "seed \(seed)")
    }

    @Test(arguments: [53] as [UInt64])
    func damagedFramesNeverTrap(_ seed: UInt64) {
        var random = SeededRandom(seed: seed)
        for _ in 0..<300 {
            var stream = (0..<12).flatMap { Self.framed(Self.rtp($0)) }
            for _ in 0..<3 { stream[Int.random(in: 0..<stream.count, using: &random)] = UInt8.random(in: 0...255, using: &random) }
            let cut = Int.random(in: 0...stream.count, using: &random)
            let total = run(pieces(stream, cutAt: [cut])).map(\.octets.count).reduce(0, +)
            #expect(total <= stream.count, "seed \(seed)")
        }
    }
}
