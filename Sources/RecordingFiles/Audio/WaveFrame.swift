import CSndfile
import Glibc
import RecordingRecords

/// What libsndfile writes before and behind the samples of a WAV file: RIFF, or RF64 (EBU Tech 3306), with the chunks given.
///
/// The library writes a whole file of so many octets of sound to nowhere, and only what is not sound is kept. So thousands of files can be
/// live without one of its handles each, which take 12 KB and a copy of every sample.
@safe struct WaveFrame {
    /// How the sound is coded and how large it may become.
    struct Format {
        let sampleRate: Int
        let channels: Int
        /// Nil for samples of 16 bits.
        let companding: NativeCoding?
        /// RF64: sizes have 64 bits.
        var isLarge = false

        var octetsPerFrame: Int { channels * (companding == nil ? 2 : 1) }

        fileprivate var code: Int32 {
            let subformat =
                switch companding {
                case .muLaw: SF_FORMAT_ULAW
                case .aLaw: SF_FORMAT_ALAW
                case .opus, nil: SF_FORMAT_PCM_16
                }
            return Int32(isLarge ? SF_FORMAT_RF64 : SF_FORMAT_WAV) | Int32(subformat)
        }
    }

    let head: [UInt8]
    /// The octet that makes the length even (RIFF).
    let tail: [UInt8]

    /// Nil where the library refuses.
    init?(_ format: Format, chunks: [(identifier: String, octets: [UInt8])], soundOctets: Int64) {
        let nowhere = Nowhere(soundOctets: soundOctets)
        var info = SF_INFO()
        info.samplerate = Int32(format.sampleRate)
        info.channels = Int32(format.channels)
        info.format = format.code
        var calls = Nowhere.calls
        guard let sound = unsafe sf_open_virtual(&calls, Int32(SFM_WRITE), &info, Unmanaged.passUnretained(nowhere).toOpaque()) else { return nil }
        // Off by default for integers; said all the same, as the chunk holds the time of writing.
        unsafe _ = sf_command(sound, Int32(SFC_SET_ADD_PEAK_CHUNK), nil, Int32(SF_FALSE))
        var isWhole = chunks.allSatisfy { unsafe Self.set($0.identifier, $0.octets, sound) }
        if isWhole { isWhole = unsafe Self.write(soundOctets, octetsPerFrame: format.octetsPerFrame, sound, nowhere) }
        guard unsafe sf_close(sound) == 0, isWhole else { return nil }
        head = nowhere.head
        tail = nowhere.tail
    }

    /// The only octets of a head that depend on how much sound follows, and where they stand: the sizes of RIFF and of its last chunk, `data`.
    ///
    /// Nil where more depends on it: G.711 has a count of samples and perhaps a tail, RF64 another chunk of sizes. To have the library write the whole
    /// head once more took a fiftieth of what a recording of seconds costs.
    static func sizes(_ format: Format, headOctets: Int, soundOctets: Int64) -> [(offset: Int, octets: [UInt8])]? {
        guard format.companding == nil, !format.isLarge, headOctets >= 12 else { return nil }
        return [(4, Int64(headOctets) - 8 + soundOctets), (headOctets - 4, soundOctets)].map { offset, size in
            var octets: [UInt8] = []
            octets.append(little: UInt64(clamping: size), count: 4)
            return (offset, octets)
        }
    }

    /// Gives the file one more chunk before its samples.
    private static func set(_ identifier: String, _ octets: [UInt8], _ sound: OpaquePointer) -> Bool {
        var octets = octets
        return unsafe octets.withUnsafeMutableBytes { space in
            var chunk = unsafe SF_CHUNK_INFO()
            unsafe withUnsafeMutableBytes(of: &chunk.id) { unsafe $0.copyBytes(from: Array(identifier.utf8)) }
            unsafe chunk.id_size = 4
            unsafe chunk.datalen = UInt32(space.count)
            unsafe chunk.data = space.baseAddress
            return unsafe sf_set_chunk(sound, &chunk) == Int32(SF_ERR_NO_ERROR)
        }
    }

    private static func write(_ count: Int64, octetsPerFrame: Int, _ sound: OpaquePointer, _ nowhere: Nowhere) -> Bool {
        unsafe _ = sf_command(sound, Int32(SFC_UPDATE_HEADER_NOW), nil, 0)
        nowhere.beginSound()
        // The library takes whole frames only.
        let silence = [UInt8](repeating: 0, count: Int(min(count, Int64((256 << 10) / octetsPerFrame * octetsPerFrame))))
        return unsafe silence.withUnsafeBytes { space in
            var rest = count
            while rest > 0 {
                let part = sf_count_t(min(rest, Int64(space.count)))
                guard unsafe sf_write_raw(sound, space.baseAddress, part) == part else { return false }
                rest -= Int64(part)
            }
            return true
        }
    }
}

/// A file that keeps only what is not sound.
private final class Nowhere {
    private(set) var head: [UInt8] = []
    private(set) var tail: [UInt8] = []
    private let soundOctets: Int64
    private var isSound = false
    private(set) var position: Int64 = 0
    private(set) var length: Int64 = 0

    init(soundOctets: Int64) { self.soundOctets = soundOctets }

    /// All that stands there by now is the head.
    func beginSound() { isSound = true }

    func seek(_ offset: Int64, _ whence: Int32) -> Int64 {
        switch whence {
        case SEEK_SET: position = max(0, offset)
        case SEEK_CUR: position = max(0, position + offset)
        case SEEK_END: position = max(0, length + offset)
        default: return -1
        }
        return position
    }

    func take(_ octets: UnsafeRawBufferPointer) {
        let end = position + Int64(octets.count)
        if isSound, position >= Int64(head.count) {
            // Sound, and after it the tail.
            let soundEnd = Int64(head.count) + soundOctets
            if position >= soundEnd { unsafe tail.append(contentsOf: octets) }
        } else if end <= 1 << 20 {
            if head.count < Int(end) { head += [UInt8](repeating: 0, count: Int(end) - head.count) }
            unsafe head.replaceSubrange(Int(position)..<Int(end), with: octets)
        }
        position = end
        length = max(length, end)
    }

    static var calls: SF_VIRTUAL_IO {
        unsafe SF_VIRTUAL_IO(
            get_filelen: { user in unsafe nowhere(user)?.length ?? -1 },
            seek: { offset, whence, user in unsafe nowhere(user)?.seek(offset, whence) ?? -1 },
            read: { _, _, _ in 0 },
            write: { octets, count, user in
                guard let octets = unsafe octets, count > 0, let file = unsafe nowhere(user) else { return 0 }
                unsafe file.take(UnsafeRawBufferPointer(start: octets, count: Int(count)))
                return count
            },
            tell: { user in unsafe nowhere(user)?.position ?? -1 })
    }
}

/// The file behind libsndfile's user data, which outlives the library's handle.
private func nowhere(_ user: UnsafeMutableRawPointer?) -> Nowhere? {
    guard let user = unsafe user else { return nil }
    return unsafe Unmanaged<Nowhere>.fromOpaque(user).takeUnretainedValue()
}
