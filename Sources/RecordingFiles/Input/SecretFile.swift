import Glibc
package import PacketInput
import Synchronization

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
            let file = try WholeFile(path: path, limit: Self.longest)
            isReadableByOthers = file.isReadableByOthers
            storage = Mutex(file.octets)
        } catch { throw InputFault(path, "cannot be read", error) }
    }

    deinit { storage.withLock { $0.wipe() } }
}
