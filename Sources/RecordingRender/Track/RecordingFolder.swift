import RecordingRecords

/// The folder of one recording, begun when its first file is. Its tracks share it.
final class RecordingFolder {
    private let name: String
    private let output: any RecordingOutput
    private var writer: (any RecordingWriter)?

    init(_ name: String, in output: any RecordingOutput) {
        self.name = name
        self.output = output
    }

    func begin() throws(OutputFault) -> any RecordingWriter {
        if let writer { return writer }
        let fresh = try output.begin(folder: name)
        writer = fresh
        return fresh
    }

    /// Lets the recording appear in its place, whole.
    func finish() throws(OutputFault) { try writer?.finish() }

    /// Leaves nothing behind, unless it was finished.
    func abandon() { writer?.abandon() }
}
