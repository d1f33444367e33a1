import Evidence

/// The decoder of libavcodec that a codec needs, and what it has to be told.
struct LibraryCodec: Equatable, Sendable {
    let name: String
    /// Samples a second that come out.
    let sampleRate: Int
    var blockAlign = 0
    var bitsPerSample = 0
    var extradata: [UInt8] = []
    /// A frame that a fresh decoder gets before the first of the stream; its sound is thrown away.
    var primer: [UInt8] = []
    /// Samples that `primer` stands for.
    var primerSamples = 0
    /// A frame that the decoder takes for one that was lost; empty where it has no such thing.
    var erasure: [UInt8] = []
    /// Samples that `erasure` stands for.
    var erasureSamples = 0
    /// See `AudioDecoder.delay`.
    var delay = 0
}

/// How the payloads of one codec are cut into the packets that libavcodec takes: the part of a codec that is ours.
///
/// Every length is checked here, so that a decoder only ever gets whole frames.
protocol CodecFraming: Sendable {
    /// The decoder that the last payload divided needs.
    var engine: LibraryCodec { get }

    /// Appends the frames of `payload`; false for what the codec's payload format does not allow.
    mutating func divide(_ payload: RawSpan, into frames: inout CodedFrames) -> Bool

    /// Appends the whole frames at the beginning of a payload whose end is missing; nil where they cannot be told.
    ///
    /// `octets`: how many of the payload the frames took. `samples`: what the whole payload stands for, where its beginning tells that; else 0.
    mutating func divide(beginning payload: RawSpan, into frames: inout CodedFrames) -> (octets: Int, samples: Int)?

    /// See `AudioDecoder.separate`.
    mutating func separate(_ payload: RawSpan) -> SeparatedFrames?
}

extension CodecFraming {
    mutating func divide(beginning payload: RawSpan, into frames: inout CodedFrames) -> (octets: Int, samples: Int)? { nil }

    /// The same where frames of so many octets follow one another.
    mutating func divide(beginning payload: RawSpan, inFramesOf octets: Int, into frames: inout CodedFrames) -> (octets: Int, samples: Int)? {
        let there = payload.byteCount / octets * octets
        guard there > 0, divide(payload.extracting(0..<there), into: &frames) else { return nil }
        return (there, 0)
    }

    mutating func separate(_ payload: RawSpan) -> SeparatedFrames? { nil }
}

/// Frames of equal length, one after the other.
struct FixedFraming: CodecFraming {
    let engine: LibraryCodec
    let octets: Int
    let samples: Int
    /// High nibble that every frame begins with.
    var signature: UInt8?

    func divide(_ payload: RawSpan, into frames: inout CodedFrames) -> Bool {
        guard payload.byteCount % octets == 0 else { return false }
        for start in stride(from: 0, to: payload.byteCount, by: octets) {
            if let signature, payload.u8(start) >> 4 != signature { return false }
            frames.append(payload, start..<start + octets, samples: samples)
        }
        return true
    }

    mutating func divide(beginning payload: RawSpan, into frames: inout CodedFrames) -> (octets: Int, samples: Int)? {
        divide(beginning: payload, inFramesOf: octets, into: &frames)
    }
}
