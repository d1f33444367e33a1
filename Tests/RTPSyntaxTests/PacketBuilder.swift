import Evidence
import RTPSyntax

// The macros of Testing cannot hold a RawSpan, so each call has a form over an array here.

func parse(_ packet: [UInt8], at start: Int = 0, count: Int? = nil) -> RTPHeader? {
    RTPHeader(parsing: packet.span.bytes, at: start, count: count ?? packet.count - start)
}

func compound(_ octets: [UInt8]) -> RTCPCompound { RTCPCompound(parsing: octets.span.bytes) }

func isRTP(_ packet: [UInt8]) -> Bool { PacketKind.looksLikeRTP(packet.span.bytes, at: 0, count: packet.count) }
func isRTCP(_ packet: [UInt8]) -> Bool { PacketKind.looksLikeRTCP(packet.span.bytes, at: 0, count: packet.count) }

func be(_ value: UInt32) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: value >> UInt32(24 - 8 * $0)) } }

/// One RTCP packet: its length field is computed.
func rtcp(_ type: UInt8, count: UInt8, _ body: [UInt8], padding: Bool = false) -> [UInt8] {
    let words = body.count / 4
    return [0x80 | (padding ? 0x20 : 0) | count, type, UInt8(words >> 8), UInt8(words & 255)] + body
}

extension RTPHeader {
    func payload(of packet: [UInt8], at start: Int = 0) -> Int? { payloadCount(total: packet.count - start, bytes: packet.span.bytes, at: start) }
    func sources(in packet: [UInt8], at start: Int = 0) -> [SSRC] { csrcs(in: packet.span.bytes, at: start) }
    func source(_ index: Int, in packet: [UInt8]) -> SSRC? { csrc(index, in: packet.span.bytes) }
    func elements(in packet: [UInt8], at start: Int = 0) -> [HeaderExtensionElement] { extensionElements(in: packet.span.bytes, at: start) }
    func element(_ id: UInt8, in packet: [UInt8]) -> Range<Int>? { extensionElement(id, in: packet.span.bytes) }
}
