import Glibc
import Siprecap

/// Asks for a passphrase on the terminal, without showing it.
enum Passphrase {
    /// That of the key in `file`. Nil without a terminal.
    @Sendable static func ask(_ file: String) -> [UInt8]? {
        guard isatty(STDIN_FILENO) == 1, let text = unsafe getpass("Passphrase of \(file): ".forTerminal) else { return nil }
        let count = unsafe strlen(text)
        let octets = unsafe [UInt8](UnsafeRawBufferPointer(start: text, count: count))
        unsafe explicit_bzero(text, count)
        return octets
    }
}
