import PacketInput
import RecordingRecords

/// Why something could not be done. What is merely doubtful or missing in a capture is never an error, but a ``Finding``.
public enum SiprecapError: Error, Sendable, CustomStringConvertible {
    /// A capture, a folder or a file with keys cannot be read. `reason` says why, and what to do where that is known.
    case unreadable(path: String, reason: String)
    /// A file holds no key that can be used, or its passphrase is missing or wrong. `reason` follows the file's name in a sentence.
    case unusableKey(file: String, reason: String)
    /// An option has a value that makes no sense; `option` is the property's name in ``Options``. Several objections are separated by line feeds.
    case invalidOption(option: String, reason: String)
    /// None of the inputs could be read as a capture; the findings say why of each.
    case noCapture([Finding])
    /// A file or folder cannot be written, or a sink refused.
    case unwritable(path: String, reason: String)
    /// The task was cancelled, or ``Job/cancel()`` was called. Recordings that were finished by then stay where they are; of others nothing is left.
    case cancelled

    /// What went wrong, in words for people.
    public var description: String {
        switch self {
        case .unreadable(let path, let reason), .unwritable(let path, let reason): "\(path): \(reason)"
        case .unusableKey(let file, let reason): "\(file) \(reason)"
        case .invalidOption(let option, let reason): "\(option): \(reason)"
        case .noCapture(let findings):
            "none of the inputs could be read as a capture" + (findings.first.map { "; \($0)" } ?? "")
        case .cancelled: "cancelled"
        }
    }

    init(_ fault: InputFault) { self = .unreadable(path: fault.name, reason: fault.reason) }

    init(_ fault: OutputFault) { self = .unwritable(path: fault.path, reason: fault.reason) }
}
