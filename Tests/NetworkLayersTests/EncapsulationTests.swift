import Evidence
import NetworkLayers
import TestSupport
import Testing

@Suite struct EncapsulationTests {
    private typealias Build = FrameBuilder
    private let payload: [UInt8] = [0x80, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]
    private var packet: [UInt8] { Build.ipv4(Build.udp(payload, from: 20_000, to: 30_000)) }

    private func decode(_ frame: [UInt8], _ link: UInt32, limit: Int = 16) -> FrameContent {
        FrameContent.decode(frame.span.bytes, linkType: link, nesting: Nesting(limit: limit))
    }

    /// The datagram inside stands at the end of the frame.
    private func expectDatagram(_ content: FrameContent, in frame: [UInt8], _ name: Comment) {
        let expected = UDPDatagram(
            source: Endpoint(Build.client, 20_000), destination: Endpoint(Build.server, 30_000), payloadStart: frame.count - payload.count,
            payloadCount: payload.count, declaredCount: payload.count)
        #expect(content == .udp(expected), name)
    }

    @Test func everyLinkLeadsToTheSameDatagram() {
        for link in Encapsulations.links {
            let frame = link.wrap(packet)
            expectDatagram(decode(frame, link.type), in: frame, "\(link.name)")
        }
    }

    @Test func everyTunnelLeadsToTheSameDatagram() {
        for tunnel in Encapsulations.tunnels {
            let frame = Encapsulations.ethernet(0x0800, tunnel.wrap(packet))
            expectDatagram(decode(frame, 1), in: frame, "\(tunnel.name)")
        }
    }

    @Test func everyTunnelInEveryOtherLeadsToTheSameDatagram() {
        for outer in Encapsulations.tunnels {
            for inner in Encapsulations.tunnels {
                let frame = outer.wrap(inner.wrap(packet))
                expectDatagram(decode(frame, 101), in: frame, "\(inner.name) in \(outer.name)")
            }
        }
    }

    @Test func everyTunnelInEveryLinkLeadsToTheSameDatagram() {
        for link in Encapsulations.links {
            for tunnel in Encapsulations.tunnels {
                let frame = link.wrap(tunnel.wrap(packet))
                expectDatagram(decode(frame, link.type), in: frame, "\(tunnel.name) in \(link.name)")
            }
        }
    }

    @Test func tunnelsAreFollowedAsDeepAsTheLimitSays() {
        var frame = packet
        for depth in 1...20 {
            frame = Encapsulations.ipv4(4, frame)
            let content = decode(frame, 101)
            if depth <= 16 { expectDatagram(content, in: frame, "depth \(depth)") } else { #expect(content == .other(.tooDeep), "depth \(depth)") }
        }
        #expect(decode(Encapsulations.tunnels[2].wrap(packet), 101, limit: 0) == .other(.tooDeep))
        let endless = [UInt8](repeating: 0, count: 4000)
        #expect(decode(Encapsulations.ethernet(0x8847, endless), 1) == .other(.tooDeep))
    }

    @Test func mediaOnTheNumberOfATunnelStaysMedia() {
        var random = SeededRandom(seed: UInt64.random(in: 0...UInt64.max))
        for port in [1701, 2152, 3544, 4754, 4789, 4790, 5247, 6081, 6635, 8472, 9060, 37008] {
            for _ in 0..<500 {
                let media = [UInt8.random(in: 0x80...0x8F, using: &random)] + random.bytes(Int.random(in: 11...200, using: &random))
                let frame = Build.ipv4(Build.udp(media, from: 20_000, to: port))
                guard case .udp(let datagram) = decode(frame, 101) else {
                    Issue.record("port \(port), seed \(random.seed)")
                    continue
                }
                #expect(datagram.payloadCount == media.count && datagram.destination.port == port, "port \(port), seed \(random.seed)")
            }
        }
        // What chance makes of some: 0x80000 as the last label, then an IPv4 fragment whose length fits, or SCTP in IPv6.
        for inside in [Build.ipv4([UInt8](repeating: 7, count: 24), fragment: 0x2001), Encapsulations.ipv6(132, [UInt8](repeating: 7, count: 40))] {
            let unlucky: [UInt8] = [0x80, 0, 1, 0x40] + inside
            let frame = Build.ipv4(Build.udp(unlucky, from: 20_000, to: 6635))
            #expect(decode(frame, 101) == plain(unlucky.count, from: 20_000, to: 6635))
        }
        let sip = Array("INVITE sip:a@b SIP/2.0\r\nVia: SIP/2.0/UDP x\r\n\r\n".utf8)
        for port in [4789, 5060, 6635, 37008] {
            #expect(decode(Build.ipv4(Build.udp(sip, from: 5060, to: port)), 101) == plain(sip.count, from: 5060, to: UInt16(port)), "port \(port)")
        }
    }

    private func plain(_ count: Int, from source: UInt16, to destination: UInt16) -> FrameContent {
        .udp(
            UDPDatagram(
                source: Endpoint(Build.client, source), destination: Endpoint(Build.server, destination), payloadStart: 28, payloadCount: count,
                declaredCount: count))
    }

    @Test func aTunnelWhoseContentClaimsMoreThanItHasStaysADatagram() {
        let longer = Build.ipv4(Build.udp(payload, from: 20_000, to: 30_000, length: 400), total: 420)
        let frame = Encapsulations.udp(to: 6081, [0, 0, 8, 0, 0, 0, 1, 0] + longer)
        guard case .udp(let datagram) = decode(frame, 101) else {
            Issue.record("no datagram")
            return
        }
        #expect(datagram.destination.port == 6081 && datagram.payloadCount == longer.count + 8)
    }

    @Test func whatIsEncryptedOrAbolishedIsNamed() {
        #expect(decode(Build.ipv4([UInt8](repeating: 7, count: 40), proto: 50), 101) == .other(.ipProtocol(50)))
        #expect(decode(Build.ipv4([0x40, 0, 8, 0] + packet, proto: 47), 101) == .other(.ipProtocol(47)))
        #expect(decode(Build.ipv4([0, 2, 8, 0] + packet, proto: 47), 101) == .other(.ipProtocol(47)))
        let protected = [8, 0x41] + [UInt8](repeating: 0, count: 22) + [UInt8](repeating: 0x5C, count: 60)
        #expect(decode(protected, 105) == .other(.wirelessProtected))
        #expect(decode([0x80, 0] + [UInt8](repeating: 0, count: 40), 105) == .other(.notIP(0x80)))
        #expect(decode(Encapsulations.ethernet(0x8863, [0x11, 9, 0, 0, 0, 0]), 1) == .other(.notIP(0x8863)))
        #expect(decode([UInt8](repeating: 0, count: 200), 149) == .other(.unsupportedLink(149)))
        #expect(decode([1, 2], 147) == .other(.unsupportedLink(147)))
    }

    @Test func theTunnelsIdentifierTellsFragmentsApart() {
        func fragment(_ network: Int) -> FrameContent {
            let inner = Build.ipv4([UInt8](repeating: 1, count: 64), fragment: 0x2000)
            return decode(Encapsulations.udp(to: 6081, [0, 0, 8, 0] + Build.be32(UInt32(network) << 8) + inner), 101)
        }
        guard case .fragment(let first) = fragment(1), case .fragment(let second) = fragment(2), case .fragment(let again) = fragment(1) else {
            Issue.record("no fragments")
            return
        }
        #expect(first.tunnel != second.tunnel && first == again && first.tunnel != 0)
    }

    @Test func subframesOfAnAggregateAreReadOneByOne() {
        func subframe(_ content: [UInt8]) -> [UInt8] { [UInt8](repeating: 2, count: 12) + Build.be16(content.count) + content }
        let one = subframe([0xAA, 0xAA, 3, 0, 0, 0, 8, 0] + packet)
        let padding = [UInt8](repeating: 0, count: -one.count & 3)
        let header: [UInt8] = [0x88, 1] + [UInt8](repeating: 0, count: 22) + [0x80, 0]
        let frame = header + one + padding + one
        #expect(decode(frame, 105) == .other(.aggregate(26)))
        var position = 26
        var ends: [Int] = []
        while let part = FrameContent.nextSubframe(frame.span.bytes, at: &position) {
            guard case .udp(let datagram) = part else {
                Issue.record("no datagram")
                return
            }
            ends.append(datagram.payloadStart + datagram.payloadCount)
        }
        #expect(ends == [26 + one.count, frame.count])
    }

    @Test func truncationAndNoiseStayInsideWhateverTheEncapsulation() {
        var random = SeededRandom(seed: UInt64.random(in: 0...UInt64.max))
        var seeds = Encapsulations.links.map { ($0.wrap(packet), $0.type) }
        seeds += Encapsulations.tunnels.map { (Encapsulations.ethernet(0x0800, $0.wrap(packet)), 1) }
        seeds.append((Encapsulations.udp(to: 9060, Encapsulations.hep3(packet, seconds: 1, microseconds: 2)), 101))
        seeds.append((Encapsulations.udp(to: 9060, Encapsulations.hep(2, packet)), 101))
        seeds.append((Encapsulations.exported(packet), 252))
        for (frame, link) in seeds {
            for length in 0...frame.count { expectInside(Array(frame[..<length]), link, random.seed) }
            for _ in 0..<300 {
                var noisy = frame
                for _ in 0..<3 { noisy[Int.random(in: 0..<noisy.count, using: &random)] = UInt8.random(in: 0...255, using: &random) }
                expectInside(Array(noisy[..<Int.random(in: 0...noisy.count, using: &random)]), link, random.seed)
            }
        }
        for type in UInt32(0)...300 {
            for _ in 0..<50 { expectInside(random.bytes(Int.random(in: 0...200, using: &random)), type, random.seed) }
        }
    }

    private func expectInside(_ frame: [UInt8], _ link: UInt32, _ seed: UInt64) {
        let content = decode(frame, link)
        let (start, count, declared): (Int, Int, Int)
        switch content {
        case .udp(let it): (start, count, declared) = (it.payloadStart, it.payloadCount, it.declaredCount)
        case .tcp(let it): (start, count, declared) = (it.payloadStart, it.payloadCount, it.declaredCount)
        case .fragment(let it): (start, count, declared) = (it.payloadStart, it.payloadCount, it.declaredCount)
        case .sctp(let it): (start, count, declared) = (it.chunksStart, it.chunksCount, it.chunksCount)
        case .message(let it):
            (start, count, declared) = (it.payloadStart, it.payloadCount, it.declaredCount)
            #expect(it.correlation.upperBound <= frame.count, "seed \(seed)")
        case .other(.aggregate(var position)):
            while FrameContent.nextSubframe(frame.span.bytes, at: &position) != nil {}
            (start, count, declared) = (0, 0, 0)
        case .other: (start, count, declared) = (0, 0, 0)
        }
        guard start < 0 || count < 0 || start + count > frame.count || declared < count else { return }
        Issue.record("link \(link), seed \(seed), \(frame)")
    }
}
