import Glibc
import RecordingRecords

/// A file of Ogg Opus (RFC 7845) made of packets that are there already.
final class OpusPacketWriter: CodedAudioWriter {
    private let path: String
    private let file: StagedFile
    private let onFinish: (WrittenFile) -> Void
    private var stream: OggOpusStream
    private var isFinished = false

    /// `inputRate`: what was encoded, hertz; players do not use it.
    init(
        path: String, file: StagedFile, channels: Int, lead: Int, inputRate: Int, description: AudioDescription, encoder: String = "",
        onFinish: @escaping (WrittenFile) -> Void
    ) {
        self.path = path
        self.file = file
        self.onFinish = onFinish
        stream = OggOpusStream(path: path, channels: channels, lead: lead, inputRate: inputRate, description: description, encoder: encoder)
        put(stream.head)
    }

    func append(_ packet: [UInt8], frames: Int) throws(OutputFault) {
        guard !isFinished else { throw OutputFault(path: path, reason: "is already finished") }
        put(stream.add(packet, frames: frames))
        if let error = file.fault { throw OutputFault(path, "cannot be written", error) }
    }

    func finish(frames: Int64) throws(OutputFault) -> WrittenFile {
        guard !isFinished else { throw OutputFault(path: path, reason: "is already finished") }
        isFinished = true
        let end = stream.end(frames: frames)
        put(end.octets)
        do throws(SystemError) {
            let (sha256, bytes) = try file.closeAndHash()
            let written = WrittenFile(path: path, bytes: bytes, sha256: sha256, frames: end.frames)
            onFinish(written)
            return written
        } catch { throw OutputFault(path, "cannot be written", error) }
    }

    private func put(_ octets: [UInt8]) { unsafe octets.withUnsafeBytes { unsafe file.write($0) } }
}
