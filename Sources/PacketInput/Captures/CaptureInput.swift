import Evidence

/// Why an input could not be opened or read.
@usableFromInline
package struct InputFault: Error, Sendable, Equatable {
    package let name: String
    /// In words, with what to do where that is known.
    package let reason: String
    /// The octets could be read; they are just no capture.
    package let isNoCapture: Bool

    package init(name: String, reason: String, isNoCapture: Bool = false) {
        self.name = name
        self.reason = reason
        self.isNoCapture = isNoCapture
    }
}

/// One capture to read, twice: the survey reads it front to back, and so does the render.
///
/// The layers above own files; this layer only asks for octets.
package protocol CaptureInput: Sendable {
    /// For people; the last path component, never used to open anything.
    var displayName: String { get }
    /// Whether a user who writes `text` means this input.
    func isNamed(_ text: String) -> Bool
    /// True where the user named it; what was only found in a folder need not be a capture and is passed over quietly.
    var isExplicit: Bool { get }
    /// Octets, where known.
    var size: Int? { get }
    /// SHA-256 of the octets in hexadecimal; free of charge after a whole pass.
    func sha256() throws(InputFault) -> String
    /// The same where it is known already; nobody waits and nothing is read.
    var knownSHA256: String? { get }
    /// Begins at the first octet.
    func open() throws(InputFault) -> any CaptureReader
}

/// Sequential octets of one input.
package protocol CaptureReader: AnyObject {
    /// Fills `buffer` from `offset` on as far as octets are at hand; returns how many, 0 at the end.
    func read(into buffer: inout [UInt8], from offset: Int) throws(InputFault) -> Int
    /// How much of the input was used for what was handed out; nil where that is what lies there, octet for octet.
    var amount: ReadAmount? { get }
}

extension CaptureReader {
    package var amount: ReadAmount? { nil }
}
