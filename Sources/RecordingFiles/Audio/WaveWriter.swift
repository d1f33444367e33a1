import Evidence
import Glibc
import RecordingRecords

/// A WAV file of 16 bit samples or of G.711 as it came, with a broadcast chunk and iXML; RF64 (EBU Tech 3306) where it is expected to come near 4 GiB.
///
/// The samples go straight into a staged file; what stands around them is libsndfile's (`WaveFrame`), but for the two sizes of plain PCM.
/// RF64 is decided before the first sample, as its header is longer; a file that stays smaller than expected is valid RF64 all the same. The octets depend on nothing but the samples,
/// the description and the library's version.
final class WaveWriter: AudioWriter, CodedAudioWriter {
    /// Sizes in the header have 32 bits; what comes before the samples is small.
    static let mostDataBytes = Int64(UInt32.max) - 64_000

    private let path: String
    private let file: StagedFile
    private let format: WaveFrame.Format
    private let description: AudioDescription
    private var octetsPerFrame: Int64 { Int64(format.octetsPerFrame) }
    private let headOctets: Int
    private let onFinish: (WrittenFile) -> Void
    private var isFinished = false
    private var frames: Int64 = 0

    init(
        path: String, file: StagedFile, sampleRate: Int, channels: Int, description: AudioDescription, companding: NativeCoding? = nil,
        largeFrom: Double = Double(mostDataBytes) / 2, onFinish: @escaping (WrittenFile) -> Void
    ) throws(OutputFault) {
        self.path = path
        self.file = file
        self.description = description
        self.onFinish = onFinish
        guard (1...768_000).contains(sampleRate), (1...64).contains(channels) else {
            throw OutputFault(path: path, reason: "\(sampleRate) Hz with \(channels) channels cannot be written")
        }
        var format = WaveFrame.Format(sampleRate: sampleRate, channels: channels, companding: companding)
        format.isLarge = description.expectedSeconds * Double(sampleRate) * Double(format.octetsPerFrame) >= largeFrom
        self.format = format
        guard let frame = Self.frame(format, description, soundOctets: 0) else { throw OutputFault(path: path, reason: "cannot be started") }
        headOctets = frame.head.count
        unsafe frame.head.withUnsafeBytes { unsafe file.write($0) }
    }

    private static func frame(_ format: WaveFrame.Format, _ description: AudioDescription, soundOctets: Int64) -> WaveFrame? {
        let rate = format.sampleRate
        let mode = format.channels == 1 ? "mono" : format.channels == 2 ? "stereo" : "multitrack"
        let coding = format.companding == nil ? "A=PCM,F=\(rate),W=16,M=\(mode),T=\(description.originator)" : nil
        return WaveFrame(
            format,
            chunks: [
                (BroadcastChunk.identifier, BroadcastChunk.octets(description, sampleRate: rate, last: coding)),
                (ProductionChunk.identifier, ProductionChunk.octets(description, sampleRate: rate, channels: format.channels)),
            ], soundOctets: soundOctets)
    }

    func append(_ samples: [Int16], count: Int) throws(OutputFault) {
        guard count > 0 else { return }
        guard count <= samples.count else { throw OutputFault(path: path, reason: "\(count) samples are more than available") }
        try append(samples.span.extracting(0..<count))
    }

    func append(_ samples: Span<Int16>) throws(OutputFault) {
        let count = samples.count
        guard count > 0 else { return }
        guard count % format.channels == 0 else {
            throw OutputFault(path: path, reason: "\(count) samples are not a whole number of frames of \(format.channels) channels")
        }
        try begin(frames: Int64(count / format.channels))
        #if _endian(big)
            #error("samples of a WAV file are little-endian")
        #endif
        unsafe samples.withUnsafeBytes { unsafe file.write($0) }
        try end(frames: Int64(count / format.channels))
    }

    /// Octets of G.711, as they are.
    func append(_ octets: [UInt8], frames: Int) throws(OutputFault) {
        guard frames > 0 else { return }
        guard octets.count == frames * format.channels else { throw OutputFault(path: path, reason: "\(octets.count) bytes are not \(frames) frames") }
        try begin(frames: Int64(frames))
        unsafe octets.withUnsafeBytes { unsafe file.write($0) }
        try end(frames: Int64(frames))
    }

    func appendSilence(frames: Int64) throws(OutputFault) {
        var rest = frames
        while rest > 0 {
            let part = min(rest, Int64(Self.silence.count / format.channels))
            try append(Self.silence, count: Int(part) * format.channels)
            rest -= part
        }
    }

    func finish(frames: Int64) throws(OutputFault) -> WrittenFile { try finish() }

    func finish() throws(OutputFault) -> WrittenFile {
        guard !isFinished else { throw OutputFault(path: path, reason: "is already finished") }
        isFinished = true
        if let sizes = WaveFrame.sizes(format, headOctets: headOctets, soundOctets: frames * octetsPerFrame) {
            for size in sizes { put(size.octets, at: size.offset) }
        } else {
            guard let frame = Self.frame(format, description, soundOctets: frames * octetsPerFrame), frame.head.count == headOctets else {
                throw OutputFault(path: path, reason: "cannot be given its header")
            }
            unsafe frame.tail.withUnsafeBytes { unsafe file.write($0) }
            put(frame.head, at: 0)
        }
        do throws(SystemError) {
            // The sizes come last and stand first, so the hash takes a second look.
            let (sha256, bytes) = try file.closeAndHash()
            let written = WrittenFile(path: path, bytes: bytes, sha256: sha256, frames: frames)
            onFinish(written)
            return written
        } catch { throw OutputFault(path, "cannot be written", error) }
    }

    private func put(_ octets: [UInt8], at offset: Int) {
        file.seek(to: Int64(offset))
        unsafe octets.withUnsafeBytes { unsafe file.write($0) }
    }

    private func begin(frames count: Int64) throws(OutputFault) {
        guard !isFinished else { throw OutputFault(path: path, reason: "is already finished") }
        guard format.isLarge || (frames + count) * octetsPerFrame <= Self.mostDataBytes else {
            throw OutputFault(path: path, reason: "would exceed 4 GiB, the limit of a WAV file; use --since and --until to split it")
        }
    }

    private func end(frames count: Int64) throws(OutputFault) {
        if let error = file.fault { throw OutputFault(path, "cannot be written", error) }
        frames += count
    }

    private static let silence = [Int16](repeating: 0, count: 16 << 10)
}
