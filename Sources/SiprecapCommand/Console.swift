import Glibc
import Siprecap

/// The two streams: results on standard output, everything else on standard error.
enum Console {
    /// Characters of a line for people that are shown: a capture can name somebody with a hundred thousand.
    private static let width = 2000

    static func result(_ line: String) { write(line + "\n", to: STDOUT_FILENO) }
    /// Lines for people, the longest cut.
    static func lines(_ lines: [String]) { for line in lines { result(line.cut(to: width)) } }
    static func diagnostic(_ line: String) { write(line.cut(to: width) + "\n", to: STDERR_FILENO) }
    /// Without a line end; for the progress line.
    static func raw(_ text: String) { write(text, to: STDERR_FILENO) }

    static var errorIsTerminal: Bool { isatty(STDERR_FILENO) == 1 }

    /// Colour only on a terminal and where NO_COLOR is not set (no-color.org).
    static var errorHasColour: Bool {
        guard errorIsTerminal, let value = unsafe getenv("NO_COLOR") else { return errorIsTerminal }
        return unsafe value.pointee == 0
    }

    private static func write(_ text: String, to descriptor: Int32) {
        var text = text
        text.withUTF8 { octets in
            var done = 0
            while done < octets.count {
                let count = unsafe Glibc.write(descriptor, octets.baseAddress.map { unsafe $0 + done }, octets.count - done)
                if count < 0 {
                    if errno == EINTR { continue }
                    return
                }
                done += count
            }
        }
    }
}
