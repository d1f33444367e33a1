import Glibc
import PacketInput
import RecordingRecords

/// An error number of the operating system.
struct SystemError: Error, Equatable {
    let number: Int32

    init(_ number: Int32) { self.number = number }

    /// What the last failed call of this thread left.
    static var last: SystemError { SystemError(errno) }

    /// A library that does part of the work does not answer.
    static var noLibrary: SystemError { SystemError(ELIBACC) }

    /// The system's own words in English, whatever the locale: the program never sets one.
    var text: String {
        guard let words = unsafe strerror(number) else { return "error \(number)" }
        return unsafe String(cString: words)
    }
}

extension OutputFault {
    init(_ path: String, _ doing: String, _ error: SystemError) {
        self.init(path: path, reason: "\(doing): \(error.text)", errorNumber: error.number)
    }
}

extension InputFault {
    init(_ name: String, _ doing: String, _ error: SystemError) { self.init(name: name, reason: "\(doing): \(error.text)") }
}
