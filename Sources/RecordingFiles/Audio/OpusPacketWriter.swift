import Evidence
import Glibc
import Reconstruction

/// Ogg Opus (RFC 7845) of packets that are there already. The serial comes of the recording's id and the path, and nothing of the clock.
final class OpusPacketWriter: CodedAudioWriter {
    /// A page each second at 48 kHz.
    private static let pageFrames: UInt64 = 48_000

    private let path: String
    private let file: StagedFile
    private let lead: Int
    private let onFinish: (WrittenFile) -> Void
    private var pages: OggPages
    /// Samples at 48 kHz up to here, the lead included.
    private var granule: UInt64 = 0
    private var pageStart: UInt64 = 0
    private var isFinished = false

    /// `inputRate`: what was encoded, hertz; players do not use it.
    init(
        path: String, file: StagedFile, channels: Int, lead: Int, inputRate: Int, description: AudioDescription, encoder: String = "",
        onFinish: @escaping (WrittenFile) -> Void
    ) {
        self.path = path
        self.file = file
        self.lead = lead
        self.onFinish = onFinish
        pages = OggPages(serial: Self.serial(description.originatorReference + "/" + path))
        var out: [UInt8] = []
        pages.add(Self.head(channels: channels, lead: lead, inputRate: inputRate), granule: 0, into: &out)
        pages.flush(into: &out)
        pages.add(Self.tags(description, encoder: encoder), granule: 0, into: &out)
        pages.flush(into: &out)
        put(out)
    }

    func append(_ packet: [UInt8], frames: Int) throws(OutputFault) {
        guard !isFinished else { throw OutputFault(path: path, reason: "is finished already") }
        var out: [UInt8] = []
        if !pages.isEmpty, granule - pageStart + UInt64(frames) > Self.pageFrames {
            pages.flush(into: &out)
            pageStart = granule
        }
        granule += UInt64(frames)
        pages.add(packet, granule: granule, into: &out)
        put(out)
        if let error = file.fault { throw OutputFault(path, "cannot be written", error) }
    }

    func finish(frames: Int64) throws(OutputFault) -> WrittenFile {
        guard !isFinished else { throw OutputFault(path: path, reason: "is finished already") }
        isFinished = true
        // What the last packets hold beyond is trimmed by a lower position (RFC 7845 section 4.5).
        let end = min(granule, UInt64(max(0, frames)) + UInt64(lead))
        var out: [UInt8] = []
        pages.flush(isLast: true, granule: max(end, pageStart), into: &out)
        put(out)
        do throws(SystemError) {
            let (sha256, bytes) = try file.closeAndHash()
            let written = WrittenFile(path: path, bytes: bytes, sha256: sha256, frames: Int64(max(end, pageStart)) - Int64(lead))
            onFinish(written)
            return written
        } catch { throw OutputFault(path, "cannot be written", error) }
    }

    private func put(_ octets: [UInt8]) { unsafe octets.withUnsafeBytes { unsafe file.write($0) } }

    /// RFC 7845 section 5.1, mapping family 0.
    private static func head(channels: Int, lead: Int, inputRate: Int) -> [UInt8] {
        var out = Array("OpusHead".utf8) + [1, UInt8(clamping: channels)]
        out.append(little: UInt64(clamping: lead), count: 2)
        out.append(little: UInt64(clamping: inputRate), count: 4)
        // No gain, mono or stereo.
        return out + [0, 0, 0]
    }

    /// RFC 7845 section 5.2.
    private static func tags(_ description: AudioDescription, encoder: String) -> [UInt8] {
        var comments = [
            "TITLE=\(description.description)", "DATE=\(description.start.rfc3339Microseconds)", "RECORDING_ID=\(description.originatorReference)",
            "START_UTC=\(description.start.rfc3339Microseconds)",
        ]
        if !description.codingHistory.isEmpty { comments.append("COMMENT=" + description.codingHistory.prefix(100).joined(separator: "; ")) }
        var out = Array("OpusTags".utf8)
        let vendor = encoder.isEmpty ? description.originator : "\(description.originator), \(encoder)"
        for text in [vendor] {
            out.append(little: UInt64(text.utf8.count), count: 4)
            out += Array(text.utf8)
        }
        out.append(little: UInt64(comments.count), count: 4)
        for comment in comments {
            let text = Array(String(comment.printable.prefix(4000)).utf8)
            out.append(little: UInt64(text.count), count: 4)
            out += text
        }
        return out
    }

    /// FNV-1a, 32 bits.
    private static func serial(_ text: String) -> UInt32 {
        var value: UInt32 = 0x811C_9DC5
        for octet in text.utf8 { value = (value ^ UInt32(octet)) &* 0x0100_0193 }
        return value
    }
}
