import COpus
import Evidence

/// Opus through libopus (RFC 6716, RFC 7587), always at 48 kHz.
///
/// Channels: `opus/48000/2` is written for mono and stereo alike, so the TOC of the packets decides. The decoder starts with what `sprop-stereo`
/// or the first packet says and becomes stereo, once, with the first stereo packet; mono packets then come out on both channels. Going back would
/// throw away decoder state for nothing.
///
/// Pre-skip: none is removed. RFC 7845 section 4.2 puts it into the Ogg header and RFC 7587 signals nothing of the kind; the encoder's look-ahead
/// (usually 6.5 ms, 312 samples) is its own choice and unknown here. Every decoded sample is kept and sits where its RTP timestamp says, as in
/// any receiver.
@safe final class OpusDecoderAdapter: AudioDecoder {
    static let outputRate = 48_000

    let sampleRate = OpusDecoderAdapter.outputRate
    private(set) var channels: Int
    private let clockRate: Int
    private var handle: OpaquePointer?
    /// Mode of the last packet decoded: libopus cannot use redundancy after CELT.
    private var lastMode: OpusPacket.Mode?
    /// Samples of the last packet's frames: what is made up is asked for in the same portions.
    private var lastFrameSamples = 960

    init(codec: CodecDescription) {
        clockRate = codec.clockRate.hertz
        channels = codec.parameter("sprop-stereo") == "1" ? 2 : 1
    }

    deinit { if let handle = unsafe handle { unsafe opus_decoder_destroy(handle) } }

    func decode(_ payload: RawSpan, into out: inout [Int16]) -> DecodeResult {
        guard payload.byteCount > 0 else { return .undecodable(.empty) }
        guard let packet = OpusPacket(payload) else { return .undecodable(.malformed) }
        if packet.isDiscontinuous { return .discontinuous }
        let frames = run(payload, stereo: packet.isStereo, frames: packet.samples, redundancy: false, into: &out)
        guard frames > 0 else { return .undecodable(.refused) }
        lastMode = packet.mode
        lastFrameSamples = packet.frameSamples
        return .frames(frames)
    }

    func conceal(frames: Int, into out: inout [Int16]) -> Int {
        guard lastMode != nil else { return 0 }
        var made = 0
        // libopus makes up multiples of 2.5 ms.
        while frames - made >= 120 {
            let count = min(lastFrameSamples, (frames - made) / 120 * 120)
            let got = run(RawSpan(), stereo: false, frames: count, redundancy: false, into: &out)
            made += got
            if got < count { break }
        }
        return made
    }

    func recover(from next: RawSpan, frames: Int, into out: inout [Int16]) -> Int {
        guard let packet = OpusPacket(next), packet.hasRedundancy(in: next), packet.frameSamples <= frames, lastMode != .celt else { return 0 }
        // Of a hybrid frame only the SILK layer is repeated; libopus would make up the band above 8 kHz. Relabelled as SILK wideband of the same
        // duration (RFC 6716 table 2) the packet yields just what was sent.
        var copy = next.array
        if packet.mode == .hybrid { copy[0] = (packet.frameSamples == 480 ? 8 : 9) << 3 | copy[0] & 7 }
        let recovered = unsafe run(copy.span.bytes, stereo: packet.isStereo, frames: packet.frameSamples, redundancy: true, into: &out)
        if recovered > 0 { lastMode = .silk }
        return recovered
    }

    func durationInClockUnits(of payload: RawSpan) -> Int? { OpusPacket(payload).map { $0.samples * clockRate / sampleRate } }

    func reset() {
        lastMode = nil
        // The control call that resets is variadic in C; initialising anew is the same.
        if let handle = unsafe handle { _ = unsafe opus_decoder_init(handle, Int32(sampleRate), Int32(channels)) }
    }

    /// Appends `frames` frames; 0 and nothing appended when libopus refuses. No octets ask for concealment.
    private func run(_ payload: RawSpan, stereo: Bool, frames: Int, redundancy: Bool, into out: inout [Int16]) -> Int {
        if stereo, channels == 1 {
            channels = 2
            if let old = unsafe handle { unsafe opus_decoder_destroy(old) }
            unsafe handle = nil
        }
        if unsafe handle == nil { unsafe handle = opus_decoder_create(Int32(sampleRate), Int32(channels), nil) }
        guard let decoder = unsafe handle else { return 0 }
        let start = out.count
        out.append(contentsOf: repeatElement(0, count: frames * channels))
        let decoded = unsafe payload.withUnsafeBytes { source in
            unsafe out.withUnsafeMutableBufferPointer { target -> Int32 in
                guard let base = target.baseAddress else { return 0 }
                let octets = unsafe source.baseAddress?.assumingMemoryBound(to: UInt8.self)
                return unsafe opus_decode(decoder, octets, Int32(source.count), base + start, Int32(frames), redundancy ? 1 : 0)
            }
        }
        let kept = max(0, min(Int(decoded), frames))
        out.removeLast((frames - kept) * channels)
        return kept
    }
}
