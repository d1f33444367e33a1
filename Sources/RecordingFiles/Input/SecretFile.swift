import Glibc
package import Reconstruction

/// A file with keys, read whole.
package struct SecretFile: Sendable {
    /// Its last path component.
    package let name: String
    package let octets: [UInt8]
    /// Whether users other than owner and group may read it.
    package let isReadableByAll: Bool

    /// Octets that are read at most.
    private static let longest = 256 << 20

    package init(path: String) throws(InputFault) {
        name = String(path.split(separator: "/").last ?? Substring(path))
        do throws(SystemError) {
            let file = try WholeFile(path: path, limit: Self.longest)
            isReadableByAll = file.isReadableByAll
            octets = file.octets
        } catch { throw InputFault(path, "cannot be read", error) }
    }
}

/// Asks for a passphrase on the terminal, without showing it.
package enum Passphrase {
    /// Nil without a terminal.
    package static func ask(_ prompt: String) -> [UInt8]? {
        guard isatty(STDIN_FILENO) == 1, let text = unsafe getpass(prompt) else { return nil }
        let count = unsafe strlen(text)
        let octets = unsafe [UInt8](UnsafeRawBufferPointer(start: text, count: count))
        unsafe explicit_bzero(text, count)
        return octets
    }
}
