import CAVShims
import Evidence

/// Any codec that libavcodec decodes: the framing cuts the payload, the library turns each frame into sound.
@safe final class LibraryDecoder: AudioDecoder {
    /// A payload that claims to last longer is not believed, seconds.
    private static let longestPayload = 10

    let sampleRate: Int
    let channels = 1
    let delay: Int
    private let clockRate: Int
    private var framing: any CodecFraming
    private var frames = CodedFrames()
    /// Opened by the first payload: what a stream negotiated is not always what it uses.
    private var handle: OpaquePointer?
    private var opened: LibraryCodec?

    /// Nil when the library is not installed or does not know the codec.
    init?(framing: any CodecFraming, codec: CodecDescription) {
        guard Self.isAvailable(framing) else { return nil }
        self.framing = framing
        sampleRate = framing.engine.sampleRate
        delay = framing.engine.delay
        clockRate = codec.clockRate.hertz
    }

    deinit { if let handle = unsafe handle { unsafe avs_close(handle) } }

    static func isAvailable(_ framing: any CodecFraming) -> Bool { unsafe avs_is_available(framing.engine.name) != 0 }

    func decode(_ payload: RawSpan, into out: inout [Int16]) -> DecodeResult {
        guard payload.byteCount > 0 else { return .undecodable(.empty) }
        guard divide(payload) else { return .undecodable(.malformed) }
        return decodeFrames(into: &out)
    }

    func decode(beginning payload: RawSpan, absent: Int, into out: inout [Int16]) -> PartialSound {
        frames.removeAll()
        guard let part = framing.divide(beginning: payload, into: &frames), part.octets > 0, frames.samples <= Self.longestPayload * sampleRate else {
            return PartialSound(frames: 0, whole: 0)
        }
        let (product, overflow) = frames.samples.multipliedReportingOverflow(by: payload.byteCount + absent)
        let whole = part.samples > 0 ? part.samples : overflow ? frames.samples : product / part.octets
        guard case .frames(let count) = decodeFrames(into: &out) else { return PartialSound(frames: 0, whole: whole) }
        return PartialSound(frames: count, whole: max(count, whole))
    }

    /// The sound of what `frames` holds.
    private func decodeFrames(into out: inout [Int16]) -> DecodeResult {
        // Silence at the end is left to whoever knows what comes next; silence between two frames has a length, and is kept.
        guard let last = frames.frames.lastIndex(where: { !$0.range.isEmpty }) else { return .discontinuous }
        let start = out.count
        for frame in frames.frames[...last] {
            let before = out.count
            out.append(contentsOf: repeatElement(0, count: frame.samples))
            guard frame.range.isEmpty || feed(frames.octets, frame.range, samples: frame.samples, into: &out, at: before) else {
                out.removeLast(out.count - start)
                return .undecodable(.refused)
            }
        }
        return .frames(out.count - start)
    }

    func conceal(frames count: Int, into out: inout [Int16]) -> Int {
        let engine = framing.engine
        guard !engine.erasure.isEmpty, engine.erasureSamples > 0, unsafe handle != nil, opened == engine else { return 0 }
        let start = out.count
        for _ in 0..<max(0, count) / engine.erasureSamples {
            let before = out.count
            out.append(contentsOf: repeatElement(0, count: engine.erasureSamples))
            guard feed(engine.erasure, 0..<engine.erasure.count, samples: engine.erasureSamples, into: &out, at: before) else {
                out.removeLast(engine.erasureSamples)
                break
            }
        }
        return out.count - start
    }

    func durationInClockUnits(of payload: RawSpan) -> Int? {
        guard payload.byteCount > 0, divide(payload) else { return nil }
        return frames.samples * clockRate / sampleRate
    }

    func separate(_ payload: RawSpan) -> SeparatedFrames? { payload.byteCount > 0 ? framing.separate(payload) : nil }

    func reset() {
        // Few of the library's decoders can be flushed; all can be opened anew.
        if let old = unsafe handle { unsafe avs_close(old) }
        unsafe handle = nil
    }

    private func divide(_ payload: RawSpan) -> Bool {
        frames.removeAll()
        return framing.divide(payload, into: &frames) && frames.samples <= Self.longestPayload * sampleRate
    }

    /// Fills in the samples of the frame in `range`, which begin at `position`; false when the library refuses it or gives another number of them.
    private func feed(_ octets: [UInt8], _ range: Range<Int>, samples: Int, into out: inout [Int16], at position: Int) -> Bool {
        guard let decoder = unsafe open() else { return false }
        let written = unsafe octets.withUnsafeBufferPointer { source in
            unsafe out.withUnsafeMutableBufferPointer { target -> Int32 in
                guard let from = source.baseAddress, let to = target.baseAddress, range.upperBound <= source.count, position + samples <= target.count
                else { return -1 }
                return unsafe avs_decode(decoder, from + range.lowerBound, Int32(range.count), to + position, Int32(samples))
            }
        }
        return Int(written) == samples
    }

    private func open() -> OpaquePointer? {
        let engine = framing.engine
        if let handle = unsafe handle, opened == engine { return unsafe handle }
        reset()
        unsafe handle = avs_open(
            engine.name, Int32(engine.sampleRate), Int32(engine.blockAlign), Int32(engine.bitsPerSample), engine.extradata, Int32(engine.extradata.count))
        opened = engine
        prime(engine)
        return unsafe handle
    }

    /// Brings a fresh decoder into the state that its recommendation begins with, where the library leaves it in another.
    private func prime(_ engine: LibraryCodec) {
        guard !engine.primer.isEmpty else { return }
        var thrownAway = [Int16](repeating: 0, count: engine.primerSamples)
        _ = feed(engine.primer, 0..<engine.primer.count, samples: engine.primerSamples, into: &thrownAway, at: 0)
    }
}
