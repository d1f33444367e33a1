import Evidence
import NetworkLayers
import TestSupport
import Testing

@Suite struct CapturedMessageTests {
    private typealias Build = FrameBuilder
    private let payload = Array("OPTIONS sip:a@b SIP/2.0\r\n\r\n".utf8)
    private var packet: [UInt8] { Build.ipv4(Build.udp(payload, from: 5060, to: 5061)) }
    private func decode(_ frame: [UInt8], _ link: UInt32 = 101) -> FrameContent { FrameContent.decode(frame.span.bytes, linkType: link) }

    private func expected(_ start: Int, time: CaptureTime?, proto: UInt8 = 17, count: Int? = nil, correlation: Range<Int> = 0..<0) -> FrameContent {
        .message(
            CapturedMessage(
                source: Endpoint(Build.client, 5060), destination: Endpoint(Build.server, 5061), proto: proto, time: time, payloadStart: start,
                payloadCount: count ?? payload.count, declaredCount: payload.count, correlation: correlation))
    }

    @Test func hepGivesAddressesTimeAndCorrelationOfTheAgent() {
        for port in [9060, 40_000] {
            let frame = Encapsulations.udp(to: port, Encapsulations.hep3(packet, seconds: 1_800_000_000, microseconds: 123_456, proto: 6))
            let start = frame.count - payload.count
            let time = CaptureTime(nanoseconds: 1_800_000_000_123_456_000)
            #expect(decode(frame) == expected(start, time: time, proto: 6, correlation: start - 24..<start - 6))
        }
    }

    @Test func hepCutByTheSnapLengthTellsBothLengths() {
        let frame = Encapsulations.udp(to: 9060, Encapsulations.hep3(packet, seconds: 0, microseconds: 0))
        let start = frame.count - payload.count
        #expect(decode(Array(frame.dropLast(8))) == expected(start, time: nil, count: payload.count - 8, correlation: start - 24..<start - 6))
    }

    @Test func olderHEPAndExportsGiveAddresses() {
        for version in UInt8(1)...2 {
            let frame = Encapsulations.udp(to: 9060, Encapsulations.hep(version, packet))
            #expect(decode(frame) == expected(frame.count - payload.count, time: nil), "version \(version)")
        }
        let frame = Encapsulations.exported(packet)
        #expect(decode(frame, 252) == expected(frame.count - payload.count, time: nil))
    }

    @Test func aPacketOfAStreamIsReadByItself() throws {
        let capsule = Encapsulations.hep3(packet, seconds: 0, microseconds: 0)
        let read = CapturedMessage(hep: capsule.span.bytes)
        let message = try #require(read)
        #expect(message.payloadStart + message.payloadCount == capsule.count && message.payloadCount == payload.count)
        for other in [payload, [0x48, 0x45, 0x50], []] {
            let nothing = CapturedMessage(hep: other.span.bytes)
            #expect(nothing == nil)
        }
    }

    @Test func hepOfIPv6AndOfForeignChunks() {
        func chunk(_ vendor: Int, _ type: Int, _ value: [UInt8]) -> [UInt8] { Build.be16(vendor) + Build.be16(type) + Build.be16(6 + value.count) + value }
        let body =
            chunk(0, 1, [10]) + chunk(1, 3, [1, 2, 3, 4]) + chunk(0, 5, Build.octets(Build.client6)) + chunk(0, 6, Build.octets(Build.server6))
            + chunk(0, 15, payload)
        let frame = Encapsulations.udp(to: 9060, Array("HEP3".utf8) + Build.be16(6 + body.count) + body)
        let message = CapturedMessage(
            source: Endpoint(Build.client6, 0), destination: Endpoint(Build.server6, 0), proto: 0, time: nil, payloadStart: frame.count - payload.count,
            payloadCount: payload.count, declaredCount: payload.count)
        #expect(decode(frame) == .message(message))
        // "OPTIONS sip:a@b SIP/2.0", CR, LF twice, by zlib.
        let packed: [UInt8] = [
            0x78, 0x9C, 0xF3, 0x0F, 0x08, 0xF1, 0xF4, 0xF7, 0x0B, 0x56, 0x28, 0xCE, 0x2C, 0xB0, 0x4A, 0x74, 0x48, 0x52, 0x08, 0xF6, 0x0C, 0xD0, 0x37,
            0xD2, 0x33, 0xE0, 0xE5, 0xE2, 0xE5, 0x02, 0x00, 0x6F, 0xE7, 0x06, 0xCF,
        ]
        for end in [packed.count, packed.count - 5, 3] {
            let compressed = chunk(0, 3, [1, 2, 3, 4]) + chunk(0, 4, [1, 2, 3, 5]) + chunk(0, 16, Array(packed[..<end]))
            let frame = Encapsulations.udp(to: 9060, Array("HEP3".utf8) + Build.be16(6 + compressed.count) + compressed)
            guard case .message(let message) = decode(frame) else {
                Issue.record("a compressed payload is a message")
                continue
            }
            #expect(message.isCompressed)
            let octets = message.unpacked(frame.span.bytes, limit: 100)
            #expect(octets == (end == packed.count ? Array("OPTIONS sip:a@b SIP/2.0\r\n\r\n".utf8) : nil))
            #expect(message.unpacked(frame.span.bytes, limit: 26) == nil)
        }
        guard case .udp = decode(Encapsulations.udp(to: 9060, Array("HEP3 is not always HEP".utf8))) else {
            Issue.record("what only begins like HEP is a datagram")
            return
        }
    }
}
