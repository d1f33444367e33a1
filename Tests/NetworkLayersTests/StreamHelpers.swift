import Evidence
import NetworkLayers
import TestSupport

/// Origins of a piece of a stream that came in frame `number`.
func origins(_ number: Int) -> OriginMap {
    OriginMap(Origin(capture: 0, frame: UInt32(number), offset: 54), at: CaptureTime(nanoseconds: Int64(number) * 1000))
}

/// The octets in pieces that end at each of `cuts`.
func pieces(_ octets: [UInt8], cutAt cuts: [Int]) -> [[UInt8]] {
    var out: [[UInt8]] = []
    var start = 0
    for cut in cuts + [octets.count] {
        out.append(Array(octets[start..<cut]))
        start = cut
    }
    return out
}

/// WebSocket frames (RFC 6455 section 5.2).
enum WebSocketBuilder {
    static func frame(_ payload: [UInt8], opcode: UInt8 = 1, isFinal: Bool = true, isCompressed: Bool = false, mask: [UInt8]? = nil) -> [UInt8] {
        var out = [opcode | (isFinal ? 0x80 : 0) | (isCompressed ? 0x40 : 0)]
        let flag: UInt8 = mask == nil ? 0 : 0x80
        if payload.count < 126 {
            out.append(flag | UInt8(payload.count))
        } else if payload.count < 65_536 {
            out += [flag | 126] + FrameBuilder.be16(payload.count)
        } else {
            out += [flag | 127, 0, 0, 0, 0] + FrameBuilder.be32(UInt32(payload.count))
        }
        guard let mask else { return out + payload }
        return out + mask + payload.enumerated().map { $0.element ^ mask[$0.offset & 3] }
    }

    static func octets(_ text: String) -> [UInt8] { Array(text.utf8) }

    static let invite = octets("INVITE sip:b@example.com SIP/2.0\r\nCall-ID: 1\r\n\r\nv=0\r\n")
    static let ringing = octets("SIP/2.0 180 Ringing\r\nCall-ID: 1\r\n\r\n")
}
