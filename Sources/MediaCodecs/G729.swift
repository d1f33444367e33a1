/// G.729, also with Annexes A and B (RFC 3551 section 4.5.6): 10 octets for 10 ms; a silence description of 2 octets may end the payload.
struct G729: CodecFraming {
    /// The encoder looks ahead by 5 ms (ITU-T G.729 section 2.1), so that what comes out is that much later than what its frame stands for.
    /// libavcodec takes a frame of zeros for one that was lost (ITU-T G.729 section 4.4).
    let engine = LibraryCodec(name: "g729", sampleRate: 8000, erasure: [UInt8](repeating: 0, count: 10), erasureSamples: 80, delay: 40)

    func divide(_ payload: RawSpan, into frames: inout CodedFrames) -> Bool {
        let count = payload.byteCount
        guard count % 10 == 0 || count % 10 == 2 else { return false }
        for index in 0..<count / 10 { frames.append(payload, 10 * index..<10 * index + 10, samples: 80) }
        if count % 10 == 2 { frames.appendSilence(samples: 80) }
        return true
    }

    mutating func divide(beginning payload: RawSpan, into frames: inout CodedFrames) -> (octets: Int, samples: Int)? {
        divide(beginning: payload, inFramesOf: 10, into: &frames)
    }
}
