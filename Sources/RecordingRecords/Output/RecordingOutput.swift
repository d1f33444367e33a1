/// Where finished recordings go. The layer above owns the files; this layer only hands over octets and samples.
package protocol RecordingOutput: AnyObject, Sendable {
    /// Begins one recording. `folder` is relative, for example `recordings/20261122T211131Z_00112233aabbccdd`.
    ///
    /// Nothing appears there before `finish` of the writer; then all of it does.
    func begin(folder: String) throws(OutputFault) -> any RecordingWriter
}

/// The files of one recording while they are made. Used from one thread at a time. Paths are relative to the recording's folder.
package protocol RecordingWriter: AnyObject {
    /// Begins a file of 16 bit samples, in the format that its suffix names (`AudioFormat`). `sampleRate` in hertz.
    func openAudio(path: String, sampleRate: Int, channels: Int, description: AudioDescription) throws(OutputFault) -> any AudioWriter
    /// Begins a file that keeps sound as it came.
    func openCoded(_ file: CodedAudioFile) throws(OutputFault) -> any CodedAudioWriter
    /// Room for samples that are read again while the recording is made.
    func openStore() throws(OutputFault) -> any SampleStore
    /// Writes one whole file, of parts in order; the files that it quotes are finished.
    func write(path: String, parts: [FilePart]) throws(OutputFault) -> WrittenFile
    /// Lets the recording appear in its place, whole. The writer is used up.
    func finish() throws(OutputFault)
    /// Leaves nothing behind. The writer is used up. Does nothing after `finish`.
    func abandon()
}

/// One audio file while it is made.
package protocol AudioWriter: AnyObject {
    /// Appends the first `count` values of `samples`, channels interleaved; `count` is a multiple of the number of channels.
    func append(_ samples: [Int16], count: Int) throws(OutputFault)
    /// Appends all of `samples`, channels interleaved; they are only borrowed.
    func append(_ samples: Span<Int16>) throws(OutputFault)
    /// Appends digital silence.
    func appendSilence(frames: Int64) throws(OutputFault)
    /// Completes header and file.
    func finish() throws(OutputFault) -> WrittenFile
}

extension RecordingWriter {
    /// Writes one whole file.
    package func write(path: String, octets: [UInt8]) throws(OutputFault) -> WrittenFile { try write(path: path, parts: [.octets(octets)]) }
}

extension AudioWriter {
    package func append(_ samples: Span<Int16>) throws(OutputFault) {
        let copy = unsafe samples.withUnsafeBufferPointer { unsafe [Int16]($0) }
        try append(copy, count: copy.count)
    }
}

/// A file as it stands on disk.
package struct WrittenFile: Sendable, Equatable {
    /// Relative to the recording's folder.
    package let path: String
    package let bytes: Int
    /// SHA-256, 64 lower-case hexadecimal digits.
    package let sha256: String
    /// Samples for each channel; 0 where the file is no audio.
    package let frames: Int64

    package init(path: String, bytes: Int, sha256: String, frames: Int64 = 0) {
        self.path = path
        self.bytes = bytes
        self.sha256 = sha256
        self.frames = frames
    }
}
