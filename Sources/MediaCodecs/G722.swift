/// G.722 (RFC 3551 section 4.5.2): each octet holds two samples of 16 kHz, though the RTP clock says 8000.
struct G722: CodecFraming {
    static let sampleRate = 16_000

    /// The two quadrature mirror filters of 24 taps, of the encoder and of the decoder, delay by 22 samples together (ITU-T G.722 section 3.1).
    let engine = LibraryCodec(name: "g722", sampleRate: G722.sampleRate, delay: 22)

    func divide(_ payload: RawSpan, into frames: inout CodedFrames) -> Bool {
        frames.append(payload, 0..<payload.byteCount, samples: 2 * payload.byteCount)
        return true
    }

    mutating func divide(beginning payload: RawSpan, into frames: inout CodedFrames) -> (octets: Int, samples: Int)? {
        divide(beginning: payload, inFramesOf: 1, into: &frames)
    }
}
