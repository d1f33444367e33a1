import Evidence

/// The framing of an Opus packet (RFC 6716 section 3), read without decoding.
///
///      0 1 2 3 4 5 6 7
///     +-+-+-+-+-+-+-+-+
///     | config  |s| c |   TOC, the first octet
///     +-+-+-+-+-+-+-+-+
package struct OpusPacket: Equatable, Sendable {
    /// Layer that codes the frames (RFC 6716 table 2).
    package enum Mode: Sendable, Equatable { case silk, hybrid, celt }

    package let configuration: UInt8
    /// The stereo flag of the TOC; this, not the rtpmap, tells what the packet holds.
    package let isStereo: Bool
    package let frameCount: Int
    /// Offset of the first frame, and its length, in the packet.
    package let firstFrame: Range<Int>
    /// The longest frame; 0 or 1 octet is discontinuous transmission.
    package let longestFrame: Int

    package var mode: Mode {
        if configuration < 12 { return .silk }
        return configuration < 16 ? .hybrid : .celt
    }

    /// Samples at 48 kHz of one frame.
    package var frameSamples: Int {
        let size = Int(configuration & 3)
        switch mode {
        case .silk: return [480, 960, 1920, 2880][size]
        case .hybrid: return configuration & 1 == 0 ? 480 : 960
        case .celt: return 120 << size
        }
    }

    /// Samples at 48 kHz of the whole packet, at most 5760.
    package var samples: Int { frameSamples * frameCount }

    /// Every frame is empty or one octet: the encoder had nothing to say (RFC 7587 section 3.1.3, RFC 6716 section 2.1.9).
    package var isDiscontinuous: Bool { longestFrame <= 1 }

    /// The stereo flag of a TOC octet.
    package static func isStereo(toc: UInt8) -> Bool { toc & 4 != 0 }

    /// Nil for what RFC 6716 section 3.4 forbids: no octets, frames that do not fit, more than 120 ms.
    package init?(_ payload: RawSpan) {
        guard payload.byteCount >= 1 else { return nil }
        let toc = payload.u8(0)
        configuration = toc >> 3
        isStereo = Self.isStereo(toc: toc)
        let end = payload.byteCount
        switch toc & 3 {
        case 0:
            frameCount = 1
            firstFrame = 1..<end
            longestFrame = end - 1
        case 1:
            guard (end - 1) % 2 == 0 else { return nil }
            frameCount = 2
            firstFrame = 1..<1 + (end - 1) / 2
            longestFrame = (end - 1) / 2
        case 2:
            guard let (length, start) = Self.length(payload, at: 1, before: end), length <= end - start else { return nil }
            frameCount = 2
            firstFrame = start..<start + length
            longestFrame = max(length, end - start - length)
        default:
            guard let arbitrary = Self.codeThree(payload) else { return nil }
            frameCount = arbitrary.count
            firstFrame = arbitrary.first
            longestFrame = arbitrary.longest
        }
        guard longestFrame <= 1275, samples <= 5760 else { return nil }
    }

    /// One or two octets of frame length (RFC 6716 section 3.2.1) and the offset after them.
    private static func length(_ payload: RawSpan, at offset: Int, before end: Int) -> (Int, Int)? {
        guard offset < end else { return nil }
        let first = Int(payload.u8(offset))
        if first < 252 { return (first, offset + 1) }
        guard offset + 1 < end else { return nil }
        return (Int(payload.u8(offset + 1)) * 4 + first, offset + 2)
    }

    /// A signalled number of frames with padding (RFC 6716 section 3.2.5).
    private static func codeThree(_ payload: RawSpan) -> (count: Int, first: Range<Int>, longest: Int)? {
        var end = payload.byteCount
        guard end >= 2 else { return nil }
        let head = payload.u8(1)
        let count = Int(head & 0x3F)
        guard count > 0, count <= 48 else { return nil }
        var offset = 2
        if head & 0x40 != 0 {
            var more = true
            while more {
                guard offset < end else { return nil }
                let value = Int(payload.u8(offset))
                offset += 1
                end -= value == 255 ? 254 : value
                more = value == 255
            }
            guard offset <= end else { return nil }
        }
        if head & 0x80 == 0 {
            guard (end - offset) % count == 0 else { return nil }
            let each = (end - offset) / count
            return (count, offset..<offset + each, each)
        }
        var total = 0
        var first = 0
        var longest = 0
        for index in 0..<count - 1 {
            guard let (length, next) = Self.length(payload, at: offset, before: end) else { return nil }
            offset = next
            total += length
            if index == 0 { first = length }
            longest = max(longest, length)
        }
        guard total <= end - offset else { return nil }
        let last = end - offset - total
        return (count, offset..<offset + (count == 1 ? last : first), max(longest, last))
    }

    /// Whether the first frame carries a low-bitrate copy (LBRR) of the whole frame before it.
    ///
    /// The VAD and LBRR flags are the first bits of the SILK layer and stand plainly in its first octet (RFC 6716 section 4.2.3). For frames
    /// of 40 and 60 ms the octet only tells that some part is copied, so those count as having none; a stereo frame must copy both channels,
    /// as the library would conceal the other.
    package func hasRedundancy(in payload: RawSpan) -> Bool {
        guard mode != .celt, frameSamples <= 960, !firstFrame.isEmpty, firstFrame.count > 1, firstFrame.upperBound <= payload.byteCount else { return false }
        let flags = payload.u8(firstFrame.lowerBound)
        return isStereo ? flags & 0x50 == 0x50 : flags & 0x40 != 0
    }
}
