import Evidence
import NetworkLayers
import TestSupport
import Testing

/// The envelopes of RFC 8656, octet by octet, and what they tell of paths.
struct TURNTests {
    private static let client = Endpoint(FrameBuilder.client, 50_000)
    private static let server = Endpoint(FrameBuilder.server, 3478)
    private static let peer = Endpoint(IPAddress(v4: 0xC000_0209), 4000)
    private static let relayed = Endpoint(FrameBuilder.server, 49_160)
    private static let up = NetworkPath(source: client, destination: server)
    private static let rtp = [0x80, 0] + [UInt8](repeating: 5, count: 30)

    private static func message(_ type: Int, _ attributes: [(Int, [UInt8])]) -> [UInt8] {
        var body: [UInt8] = []
        for (name, value) in attributes {
            body += FrameBuilder.be16(name) + FrameBuilder.be16(value.count) + value
            body += [UInt8](repeating: 0, count: (4 - value.count % 4) % 4)
        }
        let head: [UInt8] = FrameBuilder.be16(type) + FrameBuilder.be16(body.count) + [0x21, 0x12, 0xA4, 0x42]
        return head + [UInt8](repeating: 9, count: 12) + body
    }

    private static func address(_ endpoint: Endpoint) -> [UInt8] {
        [0, 1] + FrameBuilder.be16(Int(endpoint.port ^ 0x2112)) + FrameBuilder.be32(UInt32(endpoint.address.low) ^ 0x2112_A442)
    }

    private func content(_ table: inout TURNTable, _ octets: [UInt8], _ path: NetworkPath, declared: Int? = nil) -> RelayedContent? {
        table.content(of: octets.span.bytes, declared: declared ?? octets.count, on: path)
    }

    @Test func indicationsAreOnThePathOfThePeer() {
        var table = TURNTable()
        let send = Self.message(0x0016, [(0x0012, Self.address(Self.peer)), (0x0013, Self.rtp)])
        #expect(content(&table, send, Self.up) == .inner(NetworkPath(source: Self.client, destination: Self.peer), 36..<68, declared: 32))
        let data = Self.message(0x0017, [(0x0012, Self.address(Self.peer)), (0x0013, Self.rtp)])
        #expect(content(&table, data, Self.up.reversed) == .inner(NetworkPath(source: Self.peer, destination: Self.client), 36..<68, declared: 32))
        // Once the allocation was seen, the relayed address stands for the client, as it does in SDP.
        #expect(content(&table, Self.message(0x0103, [(0x0016, Self.address(Self.relayed))]), Self.up.reversed) == .stun)
        #expect(content(&table, data, Self.up.reversed) == .inner(NetworkPath(source: Self.peer, destination: Self.relayed), 36..<68, declared: 32))
    }

    @Test func channelsAreOnThePathOfTheirBinding() {
        var table = TURNTable()
        let data = [0x40, 0x07] + FrameBuilder.be16(32) + Self.rtp
        #expect(content(&table, data, Self.up) == .inner(Self.up, 4..<36, declared: 32))
        #expect(content(&table, Self.message(0x0009, [(0x000C, [0x40, 0x07, 0, 0]), (0x0012, Self.address(Self.peer))]), Self.up) == .stun)
        #expect(content(&table, data, Self.up) == .inner(NetworkPath(source: Self.client, destination: Self.peer), 4..<36, declared: 32))
        #expect(content(&table, data, Self.up.reversed) == .inner(NetworkPath(source: Self.peer, destination: Self.client), 4..<36, declared: 32))
        // The capture cut the datagram.
        #expect(
            content(&table, Array(data.prefix(20)), Self.up, declared: 36)
                == .inner(NetworkPath(source: Self.client, destination: Self.peer), 4..<20, declared: 32))
    }

    @Test func lengthsMustBeExact() {
        var table = TURNTable()
        let data = [0x40, 0x07] + FrameBuilder.be16(32) + Self.rtp
        #expect(content(&table, data + [0], Self.up) == nil)
        #expect(content(&table, Array(data.dropLast()), Self.up) == nil)
        #expect(content(&table, [0x40, 0x07] + FrameBuilder.be16(31) + Self.rtp.dropLast() + [0], Self.up) == .inner(Self.up, 4..<35, declared: 31))
        // What a relay would not carry.
        #expect(content(&table, [0x40, 0x07] + FrameBuilder.be16(32) + [UInt8](repeating: 0x41, count: 32), Self.up) == nil)
        #expect(content(&table, Array("OPTIONS sip:a SIP/2.0\r\n\r\n".utf8), Self.up) == nil)
        let send = Self.message(0x0016, [(0x0012, Self.address(Self.peer)), (0x0013, Self.rtp)])
        for end in 0..<send.count { #expect(content(&table, Array(send[..<end]), Self.up) == nil) }
    }

    @Test(arguments: [61, 62] as [UInt64])
    func randomDamageNeverTraps(_ seed: UInt64) {
        var random = SeededRandom(seed: seed)
        var table = TURNTable(limit: 100)
        for _ in 0..<20_000 {
            var octets = Self.message(Int.random(in: 0...0x11F, using: &random), [(0x0012, Self.address(Self.peer)), (0x0013, Self.rtp)])
            for _ in 0..<3 { octets[Int.random(in: 0..<octets.count, using: &random)] = UInt8.random(in: 0...255, using: &random) }
            if case .inner(_, let range, let declared)? = content(&table, octets, Self.up) {
                #expect(range.upperBound <= octets.count && declared >= range.count, "seed \(seed)")
            }
        }
    }
}
