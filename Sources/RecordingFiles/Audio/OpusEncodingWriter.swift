import COpus
import Glibc
import RecordingRecords
import RecordingRender

/// Samples as Ogg Opus, encoded by libopus in frames of 20 ms. The encoder's look-ahead becomes the lead, so that the file is exact in length and place.
///
/// What has been silent for a while is written as packets of silence without encoding, and the encoder begins anew after it: ten hours of hold
/// cost nothing. The octets depend on the samples alone, however they come in portions.
@safe final class OpusEncodingWriter: AudioWriter {
    /// Silent frames that are encoded before silence is taken for granted; longer than the encoder remembers.
    private static let silentFrames = 25

    private let path: String
    private let channels: Int
    private let sampleRate: Int
    /// Samples of 20 ms, all channels.
    private let frameSamples: Int
    private let lead: Int
    private let packets: OpusPacketWriter
    private var encoder: OpaquePointer?
    private var pending: [Int16] = []
    private var frames: Int64 = 0
    /// Samples at 48 kHz that were handed on.
    private var written: Int64 = 0
    private var silentRun = 0
    private var packet = [UInt8](repeating: 0, count: 4000)

    init(
        path: String, file: StagedFile, sampleRate: Int, channels: Int, description: AudioDescription, onFinish: @escaping (WrittenFile) -> Void
    ) throws(OutputFault) {
        guard [8000, 12_000, 16_000, 24_000, 48_000].contains(sampleRate), (1...2).contains(channels) else {
            throw OutputFault(path: path, reason: "\(sampleRate) Hz with \(channels) channels cannot be written as Opus")
        }
        self.path = path
        self.channels = channels
        self.sampleRate = sampleRate
        frameSamples = sampleRate / 50 * channels
        var error: Int32 = 0
        let fresh = unsafe opus_encoder_create(Int32(sampleRate), Int32(channels), OPUS_APPLICATION_AUDIO, &error)
        guard let fresh = unsafe fresh, error == OPUS_OK else { throw OutputFault(path: path, reason: "libopus cannot start") }
        unsafe encoder = fresh
        var ahead: Int32 = 0
        guard unsafe siprecap_opus_encoder_bitrate(fresh, Int32(Self.bitrate(sampleRate) * channels)) == OPUS_OK,
            unsafe siprecap_opus_encoder_lookahead(fresh, &ahead) == OPUS_OK
        else { throw OutputFault(path: path, reason: "libopus cannot start") }
        lead = Int(ahead) * (48_000 / sampleRate)
        packets = OpusPacketWriter(
            path: path, file: file, channels: channels, lead: lead, inputRate: sampleRate, description: description,
            encoder: unsafe String(cString: opus_get_version_string()), onFinish: onFinish)
    }

    deinit { if let encoder = unsafe encoder { unsafe opus_encoder_destroy(encoder) } }

    /// Bits a second and channel: well above what speech of that bandwidth needs, as what is lost here is lost for good.
    private static func bitrate(_ sampleRate: Int) -> Int { sampleRate <= 8000 ? 32_000 : sampleRate <= 24_000 ? 48_000 : 64_000 }

    func append(_ samples: [Int16], count: Int) throws(OutputFault) { try append(samples.span.extracting(0..<min(max(0, count), samples.count))) }

    func append(_ samples: Span<Int16>) throws(OutputFault) {
        var from = 0
        while from < samples.count {
            let part = min(frameSamples - pending.count, samples.count - from)
            unsafe samples.extracting(from..<from + part).withUnsafeBufferPointer { unsafe pending.append(contentsOf: $0) }
            from += part
            if pending.count == frameSamples { try encode() }
        }
        frames += Int64(samples.count / channels)
    }

    func appendSilence(frames count: Int64) throws(OutputFault) {
        var rest = count * Int64(channels)
        while rest > 0 {
            let part = Int(min(rest, Int64(frameSamples - pending.count)))
            pending.append(contentsOf: repeatElement(0, count: part))
            rest -= Int64(part)
            if pending.count == frameSamples { try encode() }
        }
        frames += count
    }

    func finish() throws(OutputFault) -> WrittenFile {
        let total = frames * Int64(48_000 / sampleRate)
        while written < total + Int64(lead) {
            pending.append(contentsOf: repeatElement(0, count: frameSamples - pending.count))
            try encode()
        }
        return try packets.finish(frames: total)
    }

    /// Encodes the pending frame.
    private func encode() throws(OutputFault) {
        defer { pending.removeAll(keepingCapacity: true) }
        written += 960
        if pending.allSatisfy({ $0 == 0 }) {
            silentRun += 1
            if silentRun > Self.silentFrames {
                try packets.append(OpusSilence.packet(size: 3, isStereo: channels == 2), frames: 960)
                return
            }
        } else {
            if silentRun > Self.silentFrames { _ = unsafe siprecap_opus_encoder_reset(encoder) }
            silentRun = 0
        }
        let count: Int32 = unsafe pending.withUnsafeBufferPointer { samples in
            unsafe packet.withUnsafeMutableBufferPointer { target in
                guard let encoder = unsafe encoder, let from = samples.baseAddress, let to = target.baseAddress else { return 0 }
                return unsafe opus_encode(encoder, from, Int32(frameSamples / channels), to, Int32(target.count))
            }
        }
        guard count > 0 else { throw OutputFault(path: path, reason: "libopus cannot encode") }
        try packets.append(Array(packet.prefix(Int(count))), frames: 960)
    }
}
