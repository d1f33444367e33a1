import CSndfile
import Evidence
import Glibc
import Reconstruction

/// A file of 16 bit samples, written by libsndfile into a staged file: WAV with a broadcast chunk and iXML, RF64 (EBU Tech 3306) where it is
/// expected to come near 4 GiB, or FLAC by the path's suffix. A WAV may also hold G.711 as it came.
///
/// RF64 is decided before the first sample, as its header is longer; a file that stays smaller than expected is valid RF64 all the same.
/// The octets depend on nothing but the samples, the description and the library's version.
@safe final class WaveWriter: AudioWriter, CodedAudioWriter {
    /// Sizes in the header have 32 bits; what comes before the samples is small.
    static let mostDataBytes = Int64(UInt32.max) - 64_000

    private let path: String
    private let file: StagedFile
    private let channels: Int
    private let octetsPerSample: Int64
    /// Octets of samples that the format can hold.
    private let mostBytes: Int64
    private let onFinish: (WrittenFile) -> Void
    private var sound: OpaquePointer?
    private var frames: Int64 = 0

    init(
        path: String, file: StagedFile, sampleRate: Int, channels: Int, description: AudioDescription, companding: NativeCoding? = nil,
        largeFrom: Double = Double(mostDataBytes) / 2, onFinish: @escaping (WrittenFile) -> Void
    ) throws(OutputFault) {
        self.path = path
        self.file = file
        self.channels = channels
        self.onFinish = onFinish
        let isFLAC = AudioFormat(path: path) == .flac
        octetsPerSample = companding == nil ? 2 : 1
        let isLarge = !isFLAC && description.expectedSeconds * Double(sampleRate) * Double(channels) * Double(octetsPerSample) >= largeFrom
        mostBytes = isFLAC || isLarge ? .max : Self.mostDataBytes
        guard (1...768_000).contains(sampleRate), (1...64).contains(channels) else {
            throw OutputFault(path: path, reason: "\(sampleRate) Hz with \(channels) channels cannot be written")
        }
        var info = SF_INFO()
        info.samplerate = Int32(sampleRate)
        info.channels = Int32(channels)
        info.format = Int32(isFLAC ? SF_FORMAT_FLAC : (isLarge ? SF_FORMAT_RF64 : SF_FORMAT_WAV)) | Self.subformat(companding)
        var calls = Self.calls
        unsafe sound = sf_open_virtual(&calls, Int32(SFM_WRITE), &info, Unmanaged.passUnretained(file).toOpaque())
        guard unsafe sound != nil else { throw fault("cannot be begun") }
        // Off by default for integers; said all the same, as the chunk holds the time of writing.
        unsafe _ = sf_command(sound, Int32(SFC_SET_ADD_PEAK_CHUNK), nil, Int32(SF_FALSE))
        if isFLAC {
            // The format has no broadcast chunk, and the library drops one without a word: what it says goes into comments.
            let history = description.codingHistory.prefix(100).joined(separator: "; ")
            let comments = [
                (SF_STR_TITLE, description.description), (SF_STR_ALBUM, description.originatorReference),
                (SF_STR_DATE, description.start.rfc3339Microseconds), (SF_STR_COMMENT, history),
            ]
            for (kind, text) in comments where !text.isEmpty {
                let plain = String(text.printable.prefix(1000))
                guard unsafe sf_set_string(sound, Int32(kind), plain) == 0 else { throw fault("cannot take its description") }
            }
            return
        }
        let mode = channels == 1 ? "mono" : channels == 2 ? "stereo" : "multitrack"
        let coding = companding == nil ? "A=PCM,F=\(sampleRate),W=16,M=\(mode),T=\(description.originator)" : nil
        try set(BroadcastChunk.identifier, BroadcastChunk.octets(description, sampleRate: sampleRate, last: coding))
        try set(ProductionChunk.identifier, ProductionChunk.octets(description, sampleRate: sampleRate, channels: channels))
    }

    private static func subformat(_ companding: NativeCoding?) -> Int32 {
        switch companding {
        case .muLaw: Int32(SF_FORMAT_ULAW)
        case .aLaw: Int32(SF_FORMAT_ALAW)
        case .opus, nil: Int32(SF_FORMAT_PCM_16)
        }
    }

    /// Gives the file one more chunk before its samples.
    private func set(_ identifier: String, _ octets: [UInt8]) throws(OutputFault) {
        var octets = octets
        let result = unsafe octets.withUnsafeMutableBytes { space in
            var chunk = unsafe SF_CHUNK_INFO()
            unsafe withUnsafeMutableBytes(of: &chunk.id) { unsafe $0.copyBytes(from: Array(identifier.utf8)) }
            unsafe chunk.id_size = 4
            unsafe chunk.datalen = UInt32(space.count)
            unsafe chunk.data = space.baseAddress
            return unsafe sf_set_chunk(sound, &chunk)
        }
        guard result == Int32(SF_ERR_NO_ERROR) else { throw fault("cannot take its description") }
    }

    deinit { release() }

    func append(_ samples: [Int16], count: Int) throws(OutputFault) {
        guard count > 0 else { return }
        guard count <= samples.count, count % channels == 0 else {
            throw OutputFault(path: path, reason: "\(count) samples are no whole frames of \(channels) channels")
        }
        unsafe try write(frames: Int64(count / channels)) { sound in unsafe sf_write_short(sound, samples, sf_count_t(count)) == sf_count_t(count) }
    }

    func append(_ samples: Span<Int16>) throws(OutputFault) {
        let count = samples.count
        guard count > 0 else { return }
        guard count % channels == 0 else { throw OutputFault(path: path, reason: "\(count) samples are no whole frames of \(channels) channels") }
        unsafe try write(frames: Int64(count / channels)) { sound in
            unsafe samples.withUnsafeBufferPointer { unsafe sf_write_short(sound, $0.baseAddress, sf_count_t(count)) == sf_count_t(count) }
        }
    }

    /// Octets of G.711, as they are.
    func append(_ octets: [UInt8], frames: Int) throws(OutputFault) {
        guard frames > 0 else { return }
        guard octets.count == frames * channels else { throw OutputFault(path: path, reason: "\(octets.count) octets are no \(frames) frames") }
        unsafe try write(frames: Int64(frames)) { sound in
            unsafe octets.withUnsafeBytes { unsafe sf_write_raw(sound, $0.baseAddress, sf_count_t($0.count)) == sf_count_t($0.count) }
        }
    }

    func finish(frames: Int64) throws(OutputFault) -> WrittenFile { try finish() }

    func appendSilence(frames: Int64) throws(OutputFault) {
        var rest = frames
        while rest > 0 {
            let part = min(rest, Int64(Self.silence.count / channels))
            try append(Self.silence, count: Int(part) * channels)
            rest -= part
        }
    }

    func finish() throws(OutputFault) -> WrittenFile {
        guard unsafe sound != nil else { throw OutputFault(path: path, reason: "is finished already") }
        let isWhole = release()
        do throws(SystemError) {
            try file.close()
            guard isWhole else { throw SystemError(EIO) }
            // The header is written last, so the hash takes a second look.
            let (sha256, bytes) = try SHA256.of(own: file.path)
            let written = WrittenFile(path: path, bytes: bytes, sha256: sha256, frames: frames)
            onFinish(written)
            return written
        } catch { throw OutputFault(path, "cannot be written", error) }
    }

    private func write(frames count: Int64, _ body: (OpaquePointer) -> Bool) throws(OutputFault) {
        guard let sound = unsafe sound else { throw OutputFault(path: path, reason: "is finished already") }
        guard (frames + count) * Int64(channels) * octetsPerSample <= mostBytes else {
            throw OutputFault(path: path, reason: "would grow beyond 4 GiB, which a WAV file cannot hold; use --since and --until to make parts")
        }
        let isWhole = unsafe body(sound)
        guard isWhole, file.fault == nil else { throw fault("cannot be written") }
        frames += count
    }

    /// Closes the library's side. False where it complained.
    @discardableResult
    private func release() -> Bool {
        guard let open = unsafe sound else { return true }
        unsafe sound = nil
        return unsafe sf_close(open) == 0
    }

    private func fault(_ doing: String) -> OutputFault {
        if let error = file.fault { return OutputFault(path, doing, error) }
        guard let words = unsafe sf_strerror(sound) else { return OutputFault(path: path, reason: doing) }
        return unsafe OutputFault(path: path, reason: "\(doing): \(String(cString: words))")
    }

    private static let silence = [Int16](repeating: 0, count: 16 << 10)

    /// What libsndfile calls instead of the system.
    private static var calls: SF_VIRTUAL_IO {
        unsafe SF_VIRTUAL_IO(
            get_filelen: { user in unsafe staged(user)?.length ?? -1 },
            seek: { offset, whence, user in
                guard let file = unsafe staged(user) else { return -1 }
                switch whence {
                case SEEK_SET: file.seek(to: offset)
                case SEEK_CUR: file.seek(to: file.position + offset)
                case SEEK_END: file.seek(to: file.length + offset)
                default: return -1
                }
                return file.position
            },
            read: { _, _, _ in 0 },
            write: { octets, count, user in
                guard let octets = unsafe octets, count > 0, let file = unsafe staged(user) else { return 0 }
                unsafe file.write(UnsafeRawBufferPointer(start: octets, count: Int(count)))
                return file.fault == nil ? count : 0
            },
            tell: { user in unsafe staged(user)?.position ?? -1 })
    }
}

/// The file behind libsndfile's user data. The writer holds it for as long as the library does.
private func staged(_ user: UnsafeMutableRawPointer?) -> StagedFile? {
    guard let user = unsafe user else { return nil }
    return unsafe Unmanaged<StagedFile>.fromOpaque(user).takeUnretainedValue()
}
