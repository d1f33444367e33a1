/// Why a payload gave no sound.
package enum DecodeFault: String, Sendable, Equatable {
    /// No octets at all.
    case empty
    /// Not a whole number of sample frames.
    case partialFrame = "partial-frame"
    /// The payload contradicts its own framing.
    case malformed
    /// The library refused it.
    case refused
}

/// What one payload became.
package enum DecodeResult: Sendable, Equatable {
    /// This many frames (one sample a channel) were appended.
    case frames(Int)
    /// The sender was silent on purpose: nothing was appended.
    case discontinuous
    /// Nothing was appended.
    case undecodable(DecodeFault)
}

/// Payload octets in, interleaved 16-bit PCM out, for one stream of one codec.
///
/// A class because codecs keep state from packet to packet. Knows nothing of RTP or of time; makes nothing up unless `conceal` asks for it.
package protocol AudioDecoder: AnyObject {
    /// Frames a second of what `decode` appends.
    var sampleRate: Int { get }
    /// Interleaved channels of what the last `decode` appended; may rise once in a stream (Opus).
    var channels: Int { get }

    /// Frames by which the codec delays sound from encoder input to decoder output, where its recommendation fixes that; otherwise 0.
    ///
    /// A payload's sound belongs this much before the moment of its timestamp.
    var delay: Int { get }

    /// Appends the sound of one payload to `out`.
    func decode(_ payload: RawSpan, into out: inout [Int16]) -> DecodeResult

    /// Appends the sound of what is there of a payload whose last `absent` octets are not: every sample, or every whole frame.
    ///
    /// None where the codec's frames cannot be told apart without their end.
    func decode(beginning payload: RawSpan, absent: Int, into out: inout [Int16]) -> PartialSound

    /// Samples that `expand` writes for one payload; 0 where it is for `decode` to take, which is so for all codecs but the simplest.
    func expandedSamples(of payload: RawSpan) -> Int

    /// The same as `decode`, straight to where the samples stay: `out` has room for `expandedSamples`, of which there are some.
    func expand(_ payload: RawSpan, into out: inout OutputSpan<Int16>)

    /// Appends what `next` carries redundantly about the packet lost before it, at most `frames`; the frames end where `next` begins.
    ///
    /// Only what was really sent: 0 where there is no redundancy.
    func recover(from next: RawSpan, frames: Int, into out: inout [Int16]) -> Int

    /// Appends what the codec's own concealment makes up for sound that is lost after what was decoded last, at most `frames`.
    ///
    /// 0 where the decoder has no concealment, or has decoded nothing yet.
    func conceal(frames: Int, into out: inout [Int16]) -> Int

    /// Duration in units of the RTP clock, judged from the payload alone; nil when it cannot be told.
    func durationInClockUnits(of payload: RawSpan) -> Int?

    /// The frames of a payload as payloads of their own, for codecs of `CodecDescription.hasSeparateFrames`; nil for all others, and for a payload
    /// that is not as its format says.
    func separate(_ payload: RawSpan) -> SeparatedFrames?

    /// Forgets what earlier packets left behind.
    func reset()
}

/// What the beginning of a payload became.
package struct PartialSound: Sendable, Equatable {
    /// Frames that were appended.
    package let frames: Int
    /// Frames that the whole payload stands for; 0 where that cannot be told.
    package let whole: Int

    package init(frames: Int, whole: Int) {
        self.frames = frames
        self.whole = whole
    }
}

/// What one payload holds of a group of packets among which frames were dealt out in turn (RFC 4867 section 4.4.1).
package struct SeparatedFrames: Sendable, Equatable {
    /// Frames of one payload at most.
    package static let most = 64

    /// Packets of the group; 1 where nothing is interleaved.
    package let groupLength: Int
    /// The packet's place in its group, from 0: its frames are those at `index`, `index + groupLength` and so on.
    package let index: Int
    /// Units of the RTP clock that a frame lasts.
    package let step: Int
    /// A payload for each frame, in the order of time; empty for a frame that a checksum contradicts.
    package let payloads: [[UInt8]]

    package init(groupLength: Int, index: Int, step: Int, payloads: [[UInt8]]) {
        self.groupLength = groupLength
        self.index = index
        self.step = step
        self.payloads = payloads
    }
}

extension AudioDecoder {
    package var delay: Int { 0 }
    package func decode(beginning payload: RawSpan, absent: Int, into out: inout [Int16]) -> PartialSound { PartialSound(frames: 0, whole: 0) }

    /// The same where frames of `octets` follow one another: the whole ones.
    func decode(
        beginning payload: RawSpan, absent: Int, inFramesOf octets: Int, into out: inout [Int16]
    ) -> PartialSound {
        let there = payload.byteCount / octets * octets
        guard there > 0, case .frames(let frames) = decode(payload.extracting(0..<there), into: &out) else { return PartialSound(frames: 0, whole: 0) }
        let (whole, overflow) = frames.multipliedReportingOverflow(by: payload.byteCount + absent)
        return PartialSound(frames: frames, whole: overflow ? frames : max(frames, whole / there))
    }

    package func expandedSamples(of payload: RawSpan) -> Int { 0 }
    package func expand(_ payload: RawSpan, into out: inout OutputSpan<Int16>) {}
    package func recover(from next: RawSpan, frames: Int, into out: inout [Int16]) -> Int { 0 }
    package func conceal(frames: Int, into out: inout [Int16]) -> Int { 0 }
    package func separate(_ payload: RawSpan) -> SeparatedFrames? { nil }
    package func reset() {}
}
