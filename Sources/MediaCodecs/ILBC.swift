import Evidence

/// iLBC (RFC 3952): frames of 20 ms in 38 octets or of 30 ms in 50, one kind a payload.
///
/// The length decides where it fits only one kind, as an answer may change the mode that the offer named; otherwise `mode`, which is 30 unless said.
struct ILBC: CodecFraming {
    private var isShort: Bool

    init(_ codec: CodecDescription) { isShort = codec.parameter("mode") == "20" }

    var engine: LibraryCodec {
        var codec = LibraryCodec(name: "ilbc", sampleRate: 8000, blockAlign: isShort ? 38 : 50)
        codec.primer = isShort ? Self.shortPrimer : Self.longPrimer
        codec.primerSamples = isShort ? 160 : 240
        return codec
    }

    /// Frames of silence with line spectral frequencies near their mean, which is where a decoder begins (RFC 3951 section 3.2.7).
    ///
    /// libavcodec begins with frequencies of 0 and interpolates the first frame's filter from there; it is unstable, and at 20 ms a tenth of a
    /// second of noise at full scale follows. These frames have codebook vectors 30, 95 and 40 of the three splits, the lowest scale and the
    /// smallest state samples, which round to 0: they leave frequencies behind and nothing else.
    private static let shortPrimer: [UInt8] = primer([0x7A, 0xFA, 0x86], ones: 14, last: 0xC0, octets: 38)
    private static let longPrimer: [UInt8] = primer([0x7A, 0xFA, 0x87, 0xAF, 0xA8, 0x30], ones: 20, last: 0xF0, octets: 50)

    /// The head, zeros up to octet `ones`, fourteen octets of 1s, the last octet of the state samples, zeros.
    private static func primer(_ head: [UInt8], ones: Int, last: UInt8, octets: Int) -> [UInt8] {
        var out = head + [UInt8](repeating: 0, count: ones - head.count)
        out += [UInt8](repeating: 0xFF, count: 14)
        out.append(last)
        return out + [UInt8](repeating: 0, count: octets - out.count)
    }

    mutating func divide(beginning payload: RawSpan, into frames: inout CodedFrames) -> (octets: Int, samples: Int)? {
        divide(beginning: payload, inFramesOf: isShort ? 38 : 50, into: &frames)
    }

    mutating func divide(_ payload: RawSpan, into frames: inout CodedFrames) -> Bool {
        let fits = (short: payload.byteCount % 38 == 0, long: payload.byteCount % 50 == 0)
        guard fits.short || fits.long else { return false }
        if fits.short != fits.long { isShort = fits.short }
        let (octets, samples) = isShort ? (38, 160) : (50, 240)
        for start in stride(from: 0, to: payload.byteCount, by: octets) { frames.append(payload, start..<start + octets, samples: samples) }
        return true
    }
}
