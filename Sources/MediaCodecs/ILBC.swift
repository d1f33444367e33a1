/// iLBC (RFC 3952): frames of 20 ms in 38 octets or of 30 ms in 50, one kind a payload.
///
/// The length decides where it fits only one kind, as an answer may change the mode that the offer named; otherwise `mode`, which is 30 unless said.
struct ILBC: CodecFraming {
    private var isShort: Bool

    init(_ codec: CodecDescription) { isShort = codec.parameter("mode") == "20" }

    var engine: LibraryCodec { LibraryCodec(name: "ilbc", sampleRate: 8000, blockAlign: isShort ? 38 : 50) }

    mutating func divide(_ payload: RawSpan, into frames: inout CodedFrames) -> Bool {
        let fits = (short: payload.byteCount % 38 == 0, long: payload.byteCount % 50 == 0)
        guard fits.short || fits.long else { return false }
        if fits.short != fits.long { isShort = fits.short }
        let (octets, samples) = isShort ? (38, 160) : (50, 240)
        for start in stride(from: 0, to: payload.byteCount, by: octets) { frames.append(payload, start..<start + octets, samples: samples) }
        return true
    }
}
