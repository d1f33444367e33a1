package import Evidence
import RTPSyntax

/// Which video encoding payloads are laid out as, where every sampled packet says so.
package enum VideoShape {
    private static let fewestPackets = 5

    /// Encoding name; nil where the packets fit none, or too few are there.
    package static func encoding(of type: PayloadType, samples: [[UInt8]]) -> String? {
        let packets = samples.compactMap { sample -> (payload: ArraySlice<UInt8>, isMarked: Bool)? in
            guard let range = SampledPayload.range(in: sample, of: type), range.count >= 4 else { return nil }
            return (sample[range], sample[1] & 0x80 != 0)
        }
        guard packets.count >= fewestPackets else { return nil }
        if packets.allSatisfy({ isH264($0.payload) }) { return "H264" }
        if packets.allSatisfy({ isH265($0.payload) }) { return "H265" }
        if packets.contains(where: { isVP8Key($0.payload) }), packets.allSatisfy({ isVP8($0.payload) }) { return "VP8" }
        // The last packet of a frame says so twice: in the header and in its descriptor (RFC 9628 section 4.2).
        if packets.allSatisfy({ $0.payload[$0.payload.startIndex] & 0x80 != 0 && ($0.payload[$0.payload.startIndex] & 0x04 != 0) == $0.isMarked }) {
            return "VP9"
        }
        return nil
    }

    /// RFC 6184 section 5.3: a NAL unit, several, or part of one.
    private static func isH264(_ payload: ArraySlice<UInt8>) -> Bool {
        let octets = Array(payload.prefix(4))
        guard octets[0] & 0x80 == 0 else { return false }
        let types: Set<UInt8> = [1, 5, 6, 7, 8, 9, 12]
        switch octets[0] & 31 {
        case 24: return Int(octets[1]) << 8 | Int(octets[2]) <= payload.count - 3 && types.contains(octets[3] & 31)
        case 28: return octets[1] & 0x20 == 0 && types.contains(octets[1] & 31)
        case let type: return types.contains(type)
        }
    }

    /// RFC 7798 section 1.1.4: layer 0, and the types that are in use.
    private static func isH265(_ payload: ArraySlice<UInt8>) -> Bool {
        let octets = Array(payload.prefix(4))
        guard octets[0] & 0x81 == 0, octets[1] >> 3 == 0, octets[1] & 7 != 0 else { return false }
        let isKnown = { (type: UInt8) in type <= 9 || (16...21).contains(type) || (32...40).contains(type) }
        switch octets[0] >> 1 {
        case 48: return Int(octets[2]) << 8 | Int(octets[3]) <= payload.count - 4
        case 49: return isKnown(octets[2] & 0x3F)
        case let type: return isKnown(type)
        }
    }

    /// RFC 7741 section 4.2: reserved bits, and how long the descriptor is; nil where they are set.
    private static func vp8Start(_ payload: ArraySlice<UInt8>) -> Int? {
        let first = payload[payload.startIndex]
        guard first & 0x48 == 0 else { return nil }
        guard first & 0x80 != 0 else { return 1 }
        let second = payload[payload.startIndex + 1]
        guard second & 0x0F == 0 else { return nil }
        var length = 2
        if second & 0x80 != 0 { length += payload[payload.startIndex + 2] & 0x80 != 0 ? 2 : 1 }
        if second & 0x40 != 0 { length += 1 }
        if second & 0x30 != 0 { length += 1 }
        return length
    }

    private static func isVP8(_ payload: ArraySlice<UInt8>) -> Bool { vp8Start(payload).map { $0 < payload.count } ?? false }

    /// Whether a key frame begins here: its start code (RFC 6386 section 9.1).
    private static func isVP8Key(_ payload: ArraySlice<UInt8>) -> Bool {
        guard let start = vp8Start(payload), payload[payload.startIndex] & 0x17 == 0x10, payload.count >= start + 6 else { return false }
        return Array(payload.dropFirst(start + 3).prefix(3)) == [0x9D, 0x01, 0x2A]
    }
}
