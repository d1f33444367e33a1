/// Why something could not be written.
package struct OutputFault: Error, Sendable, Equatable, CustomStringConvertible {
    /// The file or folder it is about, as the user would find it.
    package let path: String
    /// In words, with what to do where that is known.
    package let reason: String
    /// The operating system's error number; nil where the refusal is ours.
    package let errorNumber: Int32?

    package init(path: String, reason: String, errorNumber: Int32? = nil) {
        self.path = path
        self.reason = reason
        self.errorNumber = errorNumber
    }

    /// `out/run.json: cannot write: No space left on device`.
    package var description: String { "\(path): \(reason)" }
}
