import Evidence
import NetworkLayers
import TestSupport
import Testing

/// User messages come out once and whole, in whatever chunks and order they were sent (RFC 9260).
struct SCTPTests {
    private static func data(_ payload: [UInt8], tsn: UInt32, flags: UInt8 = 3, stream: Int = 0) -> [UInt8] {
        let head: [UInt8] = [0, flags] + FrameBuilder.be16(16 + payload.count) + FrameBuilder.be32(tsn) + FrameBuilder.be16(stream)
        return head + [0, 0, 0, 0, 0, 0] + payload + [UInt8](repeating: 0, count: (4 - payload.count % 4) % 4)
    }

    /// RFC 8260 section 2.1.
    private static func interleaved(
        _ payload: [UInt8], tsn: UInt32, flags: UInt8, message: UInt32, number: UInt32, stream: Int = 0
    ) -> [UInt8] {
        let head: [UInt8] = [64, flags] + FrameBuilder.be16(20 + payload.count) + FrameBuilder.be32(tsn) + FrameBuilder.be16(stream) + [0, 0]
        return head + FrameBuilder.be32(message) + FrameBuilder.be32(number) + payload + [UInt8](repeating: 0, count: (4 - payload.count % 4) % 4)
    }

    private static func packet(_ chunks: [UInt8], tag: UInt32 = 99) -> [UInt8] {
        let head: [UInt8] = FrameBuilder.be16(5060) + FrameBuilder.be16(5061) + FrameBuilder.be32(tag) + [0, 0, 0, 0]
        return FrameBuilder.ethernet(FrameBuilder.ipv4(head + chunks, proto: 132))
    }

    private func run(_ packets: [[UInt8]], limits: Limits = Limits(), seconds: Double = 0.001) -> (messages: [SCTPMessage], findings: FindingLog) {
        var assembler = SCTPAssembler(limits: limits)
        var findings = FindingLog()
        var out: [SCTPMessage] = []
        for (index, packet) in packets.enumerated() {
            let bytes = packet.span.bytes
            guard case .sctp(let head) = FrameContent.decode(bytes, linkType: 1) else { continue }
            let time = CaptureTime(nanoseconds: Int64(Double(index) * seconds * 1e9))
            out += assembler.add(head, of: bytes, origin: Origin(capture: 0, frame: UInt32(index + 1)), time: time, findings: &findings)
        }
        assembler.finish(findings: &findings)
        return (out, findings)
    }

    private static let text = Array("INVITE sip:b@example.com SIP/2.0\r\n\r\n".utf8)

    @Test func bundledAndFragmentedChunksGiveWholeMessages() {
        let sack: [UInt8] = [3, 0, 0, 16] + [UInt8](repeating: 0, count: 12)
        let whole = Self.packet(sack + Self.data(Self.text, tsn: 1) + Self.data([1, 2, 3], tsn: 2, flags: 7))
        #expect(run([whole]).messages.map(\.octets) == [Self.text, [1, 2, 3]])
        // Three parts across the wrap of the numbers, in every order.
        let parts = [
            Self.packet(Self.data(Array(Self.text[..<10]), tsn: .max, flags: 2)), Self.packet(Self.data(Array(Self.text[10..<21]), tsn: 0, flags: 0)),
            Self.packet(Self.data(Array(Self.text[21...]), tsn: 1, flags: 1)),
        ]
        for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
            let result = run(order.map { parts[$0] })
            #expect(result.messages.map(\.octets) == [Self.text], "\(order)")
            #expect(result.messages.first?.origins.origin(at: 12) == Origin(capture: 0, frame: UInt32((order.firstIndex(of: 1) ?? 0) + 1), offset: 64))
            #expect(result.findings.isEmpty)
        }
    }

    @Test func repeatedChunksCountOnce() {
        let packets = (1...20).map { Self.packet(Self.data([UInt8($0)], tsn: $0)) }
        #expect(run(packets + packets.reversed() + packets).messages.map(\.octets) == (1...20).map { [UInt8($0)] })
        // Another association, another numbering.
        let other = Self.packet(Self.data([7], tsn: 1), tag: 5)
        #expect(run(packets + [other]).messages.count == 21)
    }

    @Test func fragmentsOfTwoStreamsDoNotMix() {
        let mixed = [
            Self.packet(Self.data([1], tsn: 1, flags: 2, stream: 1)), Self.packet(Self.data([2], tsn: 2, flags: 1, stream: 2)),
        ]
        let result = run(mixed)
        #expect(result.messages.isEmpty)
        #expect(result.findings.contains(.net009))
    }

    @Test func interleavedMessagesComeOutWhole() {
        let other = Array("OPTIONS sip:b@example.com SIP/2.0\r\n\r\n".utf8)
        // Two messages of one stream in turns; the first fragment has the payload protocol where the others have their number.
        let chunks = [
            Self.interleaved(Array(Self.text[..<10]), tsn: 1, flags: 2, message: 7, number: 46),
            Self.interleaved(Array(other[..<9]), tsn: 2, flags: 2, message: 8, number: 47),
            Self.interleaved(Array(Self.text[10..<21]), tsn: 3, flags: 0, message: 7, number: 1),
            Self.interleaved(Array(other[9...]), tsn: 4, flags: 1, message: 8, number: 1),
            Self.interleaved(Array(Self.text[21...]), tsn: 5, flags: 1, message: 7, number: 2), Self.interleaved([9], tsn: 6, flags: 7, message: 9, number: 0),
        ]
        for order in [[0, 1, 2, 3, 4, 5], [5, 4, 3, 2, 1, 0], [2, 0, 4, 1, 3, 5]] {
            let result = run(order.map { Self.packet(chunks[$0]) } + order.map { Self.packet(chunks[$0]) })
            #expect(Set(result.messages.map(\.octets)) == [Self.text, other, [9]], "\(order)")
            #expect(result.messages.count == 3)
            #expect(Set(result.messages.map(\.payloadProtocol)) == [46, 47, 0])
            #expect(result.findings.isEmpty)
        }
        // The same identifier of an unordered message, or of another stream, is another message.
        let apart = [Self.interleaved([1], tsn: 1, flags: 2, message: 7, number: 0), Self.interleaved([2], tsn: 2, flags: 5, message: 7, number: 1)]
        #expect(run(apart.map { Self.packet($0) }).messages.isEmpty)
        var limits = Limits()
        limits.sipMessageOctets = 10_000
        let endless = (0..<100).map {
            Self.packet(Self.interleaved([UInt8](repeating: 1, count: 500), tsn: UInt32($0), flags: 0, message: UInt32($0), number: 3))
        }
        #expect(run(endless, limits: limits).findings.contains(.net009))
    }

    @Test func whatNeverEndsIsBoundedAndReported() {
        var limits = Limits()
        limits.sipMessageOctets = 10_000
        let endless = (0..<100).map { index in Self.packet(Self.data([UInt8](repeating: 1, count: 500), tsn: UInt32(index), flags: index == 0 ? 2 : 0)) }
        #expect(run(endless, limits: limits).findings.contains(.net009))
        // Old parts do not wait for ever.
        let old = [Self.packet(Self.data([1], tsn: 1, flags: 2)), Self.packet(Self.data([2], tsn: 5, flags: 2)), Self.packet(Self.data([3], tsn: 6, flags: 1))]
        let result = run(old, seconds: 100)
        #expect(result.messages.isEmpty)
        #expect(result.findings.sorted.first?.message.contains("no more arrived") == true)
    }

    @Test func cutPacketsAndRandomDamageNeverTrap() {
        let packet = Self.packet(Self.data(Self.text, tsn: 1) + Self.data([1, 2, 3], tsn: 2))
        for end in 0...packet.count { #expect(run([Array(packet[..<end])]).messages.count <= 2) }
        var random = SeededRandom(seed: 71)
        for _ in 0..<2000 {
            var damaged = packet
            for _ in 0..<4 { damaged[Int.random(in: 34..<damaged.count, using: &random)] = UInt8.random(in: 0...255, using: &random) }
            #expect(run([damaged]).messages.allSatisfy { $0.octets.count < packet.count }, "seed \(random.seed)")
        }
    }
}
