import Glibc
import Synchronization
package import Reconstruction

/// A file with keys, read whole and overwritten in memory when the last user lets go.
package final class SecretFile: Sendable {
    /// Its last path component.
    package let name: String
    package var octets: [UInt8] { storage.withLock { $0 } }
    /// Whether users other than the owner may read it.
    package let isReadableByOthers: Bool
    private let storage: Mutex<[UInt8]>

    /// Octets that are read at most.
    private static let longest = 256 << 20

    package init(path: String) throws(InputFault) {
        name = String(path.split(separator: "/").last ?? Substring(path))
        do throws(SystemError) {
            let file = try FileDescriptor(path, O_RDONLY)
            var status = stat()
            guard unsafe fstat(file.raw, &status) == 0 else { throw SystemError.last }
            // A pipe such as `<(pass show key)` has no permissions that matter.
            isReadableByOthers = status.st_mode & S_IFMT == S_IFREG && status.st_mode & (S_IRGRP | S_IROTH) != 0
            var all: [UInt8] = []
            all.reserveCapacity(Int(status.st_size) + 1)
            var buffer = [UInt8](repeating: 0, count: 1 << 16)
            defer { buffer.wipe() }
            while all.count < Self.longest {
                let count = try Self.read(file, into: &buffer)
                if count == 0 { break }
                if all.count + count > all.capacity {
                    // Grown by hand, because the array would leave its old octets behind.
                    var larger: [UInt8] = []
                    larger.reserveCapacity(2 * (all.count + count))
                    larger += all
                    all.wipe()
                    all = larger
                }
                all += buffer[..<count]
            }
            storage = Mutex(all)
        } catch { throw InputFault(path, "cannot be read", error) }
    }

    deinit { storage.withLock { $0.wipe() } }

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
