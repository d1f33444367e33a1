import CSndfile
import Evidence
import Glibc
import RecordingRecords

/// A FLAC file of 16 bit samples, written by libsndfile into a staged file. The format has no broadcast chunk, and the library drops one without a word:
/// what it says goes into comments.
@safe final class FLACWriter: AudioWriter {
    private let path: String
    private let file: StagedFile
    private let channels: Int
    private let onFinish: (WrittenFile) -> Void
    private var sound: OpaquePointer?
    private var frames: Int64 = 0

    init(
        path: String, file: StagedFile, sampleRate: Int, channels: Int, description: AudioDescription, onFinish: @escaping (WrittenFile) -> Void
    ) throws(OutputFault) {
        self.path = path
        self.file = file
        self.channels = channels
        self.onFinish = onFinish
        guard (1...768_000).contains(sampleRate), (1...64).contains(channels) else {
            throw OutputFault(path: path, reason: "\(sampleRate) Hz with \(channels) channels cannot be written")
        }
        var info = SF_INFO()
        info.samplerate = Int32(sampleRate)
        info.channels = Int32(channels)
        info.format = Int32(SF_FORMAT_FLAC) | Int32(SF_FORMAT_PCM_16)
        var calls = Self.calls
        unsafe sound = sf_open_virtual(&calls, Int32(SFM_WRITE), &info, Unmanaged.passUnretained(file).toOpaque())
        guard unsafe sound != nil else { throw fault("cannot be started") }
        let history = description.codingHistory.prefix(100).joined(separator: "; ")
        let comments = [
            (SF_STR_TITLE, description.description), (SF_STR_ALBUM, description.originatorReference),
            (SF_STR_DATE, description.start.rfc3339Microseconds), (SF_STR_COMMENT, history),
        ]
        for (kind, text) in comments where !text.isEmpty {
            let plain = String(text.printable.prefix(1000))
            guard unsafe sf_set_string(sound, Int32(kind), plain) == 0 else { throw fault("cannot store its description") }
        }
    }

    deinit { release() }

    func append(_ samples: [Int16], count: Int) throws(OutputFault) {
        guard count > 0 else { return }
        guard count <= samples.count, count % channels == 0 else {
            throw OutputFault(path: path, reason: "\(count) samples are not a whole number of frames of \(channels) channels")
        }
        unsafe try write(frames: Int64(count / channels)) { sound in unsafe sf_write_short(sound, samples, sf_count_t(count)) == sf_count_t(count) }
    }

    func append(_ samples: Span<Int16>) throws(OutputFault) {
        let count = samples.count
        guard count > 0 else { return }
        guard count % channels == 0 else { throw OutputFault(path: path, reason: "\(count) samples are not a whole number of frames of \(channels) channels") }
        unsafe try write(frames: Int64(count / channels)) { sound in
            unsafe samples.withUnsafeBufferPointer { unsafe sf_write_short(sound, $0.baseAddress, sf_count_t(count)) == sf_count_t(count) }
        }
    }

    func appendSilence(frames: Int64) throws(OutputFault) {
        var rest = frames
        while rest > 0 {
            let part = min(rest, Int64(Self.silence.count / channels))
            try append(Self.silence, count: Int(part) * channels)
            rest -= part
        }
    }

    func finish() throws(OutputFault) -> WrittenFile {
        guard unsafe sound != nil else { throw OutputFault(path: path, reason: "is already finished") }
        let isWhole = release()
        do throws(SystemError) {
            guard isWhole else { throw SystemError(EIO) }
            // The header is written last, so the hash takes a second look.
            let (sha256, bytes) = try file.closeAndHash()
            let written = WrittenFile(path: path, bytes: bytes, sha256: sha256, frames: frames)
            onFinish(written)
            return written
        } catch { throw OutputFault(path, "cannot be written", error) }
    }

    private func write(frames count: Int64, _ body: (OpaquePointer) -> Bool) throws(OutputFault) {
        guard let sound = unsafe sound else { throw OutputFault(path: path, reason: "is already finished") }
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
