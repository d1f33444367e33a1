import Evidence
import NetworkLayers
import TestSupport
import Testing

/// Whatever is decoded here goes the short way, too, and must come to the same there.
private func decode(_ frame: [UInt8], _ link: UInt32 = 1) -> FrameContent {
    if link == 1, let plain = UDPDatagram(plainEthernet: frame.span.bytes) {
        let whole = FrameContent.decodeHeaders(frame.span.bytes, linkType: 1, nesting: Nesting())
        #expect(whole == .udp(plain))
    }
    return FrameContent.decode(frame.span.bytes, linkType: link)
}

@Suite struct DecodeFrameTests {
    private typealias Build = FrameBuilder
    private let payload: [UInt8] = [0xAA, 0xBB, 0xCC]

    private func expectUDP(_ content: FrameContent, start: Int, count: Int = 3, declared: Int = 3, v6: Bool = false, _ note: Comment = "") {
        let source = Endpoint(v6 ? Build.client6 : Build.client, 5060)
        let destination = Endpoint(v6 ? Build.server6 : Build.server, 5061)
        #expect(
            content == .udp(UDPDatagram(source: source, destination: destination, payloadStart: start, payloadCount: count, declaredCount: declared)),
            note)
    }

    @Test func everyLinkTypeLeadsToTheDatagram() {
        let ip = Build.ipv4(Build.udp(payload))
        let ip6 = Build.ipv6(Build.udp(payload))
        let sll = [UInt8](repeating: 0, count: 14)
        let sll2Rest = [UInt8](repeating: 0, count: 18)
        let rows: [(String, UInt32, [UInt8], Int, Bool)] = [
            ("Ethernet", 1, Build.ethernet(ip), 42, false),
            ("one VLAN", 1, Build.ethernet(ip, tags: [0x8100]), 46, false),
            ("stacked VLANs", 1, Build.ethernet(ip, tags: [0x88A8, 0x9100, 0x8100]), 54, false),
            ("802.3 SNAP", 1, Build.ethernet([0xAA, 0xAA, 3, 0, 0, 0, 8, 0] + ip, type: 39), 50, false),
            ("Ethernet IPv6", 1, Build.ethernet(ip6, type: 0x86DD), 62, true),
            ("raw 101", 101, ip, 28, false), ("raw 12", 12, ip6, 48, true), ("raw 14", 14, ip, 28, false), ("IPV4", 228, ip, 28, false),
            ("IPV6", 229, ip6, 48, true), ("SLL", 113, sll + [8, 0] + ip, 44, false), ("SLL VLAN", 113, sll + [0x81, 0, 0, 1, 8, 0] + ip, 48, false),
            ("SLL2", 276, [0x86, 0xDD] + sll2Rest + ip6, 68, true), ("NULL little", 0, [2, 0, 0, 0] + ip, 32, false),
            ("NULL big", 0, [0, 0, 0, 30] + ip6, 52, true), ("LOOP", 108, [0, 0, 0, 24] + ip6, 52, true),
        ]
        for (name, link, frame, start, v6) in rows { expectUDP(decode(frame, link), start: start, v6: v6, "\(name)") }
    }

    @Test func theShortWayIsForPlainFramesOnly() {
        func isPlain(_ frame: [UInt8]) -> Bool { UDPDatagram(plainEthernet: frame.span.bytes) != nil }
        let ip = Build.ipv4(Build.udp(payload))
        #expect(isPlain(Build.ethernet(ip)))
        #expect(!isPlain(Build.ethernet(ip, tags: [0x8100])))
        #expect(!isPlain(Build.ethernet(Build.ipv4(Build.udp(payload), options: [1, 1, 1, 0]))))
        #expect(!isPlain(Build.ethernet(Build.ipv4(Build.udp(payload, length: 0)))))
        #expect(!isPlain(Build.ethernet(Build.ipv4(Build.udp(payload, length: 7)))))
        #expect(!isPlain(Build.ethernet(Build.ipv4(Build.udp(payload), total: 0))))
        for count in 0..<42 { #expect(!isPlain(Array(Build.ethernet(ip)[..<count])), "\(count)") }
        // More fragments, an offset, another protocol.
        for (offset, octet) in [(20, UInt8(0x20)), (21, 1), (23, 6)] {
            var frame = Build.ethernet(ip)
            frame[offset] = octet
            #expect(!isPlain(frame), "\(offset)")
        }
    }

    @Test func ethernetPaddingIsNotPayload() {
        expectUDP(decode(Build.ethernet(Build.ipv4(Build.udp(payload)) + [UInt8](repeating: 0, count: 15))), start: 42)
    }

    @Test func ipv4OptionsAreSkipped() {
        expectUDP(decode(Build.ipv4(Build.udp(payload), options: [1, 1, 1, 0]), 101), start: 32)
    }

    @Test func zeroLengthsOfOffloadingMeanTheCapturedOctets() {
        expectUDP(decode(Build.ipv4(Build.udp(payload, length: 0), total: 0), 101), start: 28)
        expectUDP(decode(Build.ipv6(Build.udp(payload), length: 0), 101), start: 48, v6: true)
    }

    @Test func snappedDatagramTellsBothLengths() {
        let frame = Build.ethernet(Build.ipv4(Build.udp([UInt8](repeating: 1, count: 200))))
        expectUDP(decode(Array(frame[..<92])), start: 42, count: 50, declared: 200)
    }

    @Test func ipv6ExtensionHeadersAreFollowed() {
        let hop: [UInt8] = [60, 0, 1, 4, 0, 0, 0, 0]
        let destination: [UInt8] = [51, 1] + [UInt8](repeating: 0, count: 14)
        let authentication: [UInt8] = [135, 1] + [UInt8](repeating: 0, count: 10)
        let mobility: [UInt8] = [44, 0, 0, 0, 0, 0, 0, 0]
        let atomic: [UInt8] = [17, 0, 0, 0, 0, 0, 0, 9]
        let chain = hop + destination + authentication + mobility + atomic
        expectUDP(decode(Build.ipv6(chain + Build.udp(payload), next: 0), 229), start: 40 + chain.count + 8, v6: true)
        let endless = [UInt8](repeating: 0, count: 8 * 40)
        #expect(decode(Build.ipv6(endless, next: 0), 229) == .other(.tooDeep))
    }

    @Test func tcpHeaderWithOptions() {
        let frame = Build.ipv4(Build.tcp([1, 2], sequence: 7, acknowledgement: 9, flags: 0x18, options: [1, 1, 1, 1]), proto: 6)
        guard case .tcp(let segment) = decode(frame, 101) else {
            Issue.record("not TCP")
            return
        }
        #expect(segment.sequence == 7 && segment.acknowledgement == 9 && segment.flags == [.push, .acknowledgement])
        #expect(segment.payloadStart == 44 && segment.payloadCount == 2 && segment.declaredCount == 2)
    }

    @Test func whatIsNotOursSaysWhy() {
        #expect(decode(Build.ethernet([], type: 0x0806)) == .other(.notIP(0x0806)))
        #expect(decode([1, 2], 147) == .other(.unsupportedLink(147)))
        #expect(decode(Build.ipv4([1], proto: 50), 101) == .other(.ipProtocol(50)))
        #expect(decode(Build.ipv6([1], next: 59), 101) == .other(.ipProtocol(59)))
        #expect(decode(Build.ethernet(Build.ipv6([]))) == .other(.malformed(14)))
        #expect(decode(Build.ipv4(Build.udp(payload), total: 10), 101) == .other(.malformed(0)))
        #expect(decode(Build.ipv4(Build.udp(payload, length: 5)), 101) == .other(.malformed(20)))
        #expect(decode(Build.ethernet([], tags: Array(repeating: 0x8100, count: 20))) == .other(.tooDeep))
    }

    @Test func truncationAndNoiseNeverTrapAndStayInside() {
        var random = SeededRandom(seed: UInt64.random(in: 0...UInt64.max))
        let seeds: [([UInt8], UInt32)] = [
            (Build.ethernet(Build.ipv4(Build.udp(payload)), tags: [0x8100]), 1), (Build.ethernet(Build.ipv4(Build.tcp(payload, sequence: 1), proto: 6)), 1),
            (Build.ipv6([60, 0, 0, 0, 0, 0, 0, 0, 17, 0, 0, 0, 0, 0, 0, 0] + Build.udp(payload), next: 0), 101),
            ([0, 0, 0, 2] + Build.ipv4(Build.udp(payload), fragment: 0x2000), 0),
        ]
        for (frame, link) in seeds {
            for length in 0...frame.count { expectInside(decode(Array(frame[..<length]), link), length, random.seed) }
        }
        for _ in 0..<20_000 {
            var (frame, link) = seeds[Int.random(in: 0..<seeds.count, using: &random)]
            for _ in 0..<4 { frame[Int.random(in: 0..<frame.count, using: &random)] = UInt8.random(in: 0...255, using: &random) }
            frame = Array(frame[..<Int.random(in: 0...frame.count, using: &random)])
            if Int.random(in: 0..<8, using: &random) == 0 { link = [0, 1, 12, 101, 108, 113, 228, 276].randomElement(using: &random) ?? 1 }
            expectInside(decode(frame, link), frame.count, random.seed)
        }
    }

    private func expectInside(_ content: FrameContent, _ length: Int, _ seed: UInt64) {
        let (start, count, declared) =
            switch content {
            case .udp(let it): (it.payloadStart, it.payloadCount, it.declaredCount)
            case .tcp(let it): (it.payloadStart, it.payloadCount, it.declaredCount)
            case .fragment(let it): (it.payloadStart, it.payloadCount, it.declaredCount)
            case .sctp(let it): (it.chunksStart, it.chunksCount, it.chunksCount)
            case .message(let it): (it.payloadStart, it.payloadCount, it.declaredCount)
            case .other: (0, 0, 0)
            }
        #expect(start >= 0 && count >= 0 && start + count <= length && declared >= count, "seed \(seed)")
    }
}
