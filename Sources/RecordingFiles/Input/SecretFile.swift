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
            let file = try FileDescriptor(path, O_RDONLY)
            var status = stat()
            guard unsafe fstat(file.raw, &status) == 0 else { throw SystemError.last }
            isReadableByAll = status.st_mode & S_IROTH != 0 && status.st_mode & S_IFMT == S_IFREG
            var all: [UInt8] = []
            var buffer = [UInt8](repeating: 0, count: 1 << 16)
            while all.count < Self.longest {
                let count = try Self.read(file, into: &buffer)
                if count == 0 { break }
                all += buffer[..<count]
            }
            octets = all
        } catch { throw InputFault(path, "cannot be read", error) }
    }

    private static func read(_ file: borrowing FileDescriptor, into buffer: inout [UInt8]) throws(SystemError) -> Int {
        let raw = file.raw
        while true {
            let count = unsafe buffer.withUnsafeMutableBytes { unsafe Glibc.read(raw, $0.baseAddress, $0.count) }
            if count >= 0 { return count }
            if errno != EINTR { throw SystemError.last }
        }
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
