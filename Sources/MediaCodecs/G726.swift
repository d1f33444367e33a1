/// G.726 (RFC 3551 section 4.5.4): codewords of 2 to 5 bits, from the low bits of each octet up; under the names `AAL2-G726-…` from the high bits down.
struct G726: CodecFraming {
    let engine: LibraryCodec
    private let bits: Int

    init(bits: Int, highBitsFirst: Bool) {
        self.bits = bits
        engine = LibraryCodec(name: highBitsFirst ? "g726" : "g726le", sampleRate: 8000, bitsPerSample: bits)
    }

    func divide(_ payload: RawSpan, into frames: inout CodedFrames) -> Bool {
        frames.append(payload, 0..<payload.byteCount, samples: payload.byteCount * 8 / bits)
        return true
    }

    mutating func divide(beginning payload: RawSpan, into frames: inout CodedFrames) -> (octets: Int, samples: Int)? {
        divide(beginning: payload, inFramesOf: bits % 2 == 0 ? 1 : bits, into: &frames)
    }
}
