import Glibc

/// A small file, read whole. It may hold keys: what is read leaves no copies behind.
struct WholeFile {
    private(set) var octets: [UInt8]
    private let mode: mode_t

    /// Throws `EFBIG` where the file, or what a pipe delivers, is longer than `limit` octets.
    init(path: String, limit: Int) throws(SystemError) {
        let file = try FileDescriptor(path, O_RDONLY)
        var status = stat()
        guard unsafe fstat(file.raw, &status) == 0 else { throw SystemError.last }
        guard status.st_mode & S_IFMT != S_IFDIR else { throw SystemError(EISDIR) }
        mode = status.st_mode
        var all: [UInt8] = []
        all.reserveCapacity(min(Int(status.st_size), limit) + 1)
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        defer { chunk.wipe() }
        while true {
            var count = 0
            var failure: SystemError?
            unsafe chunk.withUnsafeMutableBytes { buffer in
                do throws(SystemError) { count = unsafe try file.read(into: buffer) } catch { failure = error }
            }
            if let failure { throw failure }
            if count == 0 { break }
            if all.count + count > all.capacity {
                // Grown by hand, because the array would leave its old octets behind.
                var larger: [UInt8] = []
                larger.reserveCapacity(2 * (all.count + count))
                larger += all
                all.wipe()
                all = larger
            }
            all += chunk[..<count]
            if all.count > limit { throw SystemError(EFBIG) }
        }
        octets = all
    }

    /// Whether users other than the owner may read it. A pipe such as `<(pass show keys)` has no permissions that matter.
    var isReadableByOthers: Bool { mode & S_IFMT == S_IFREG && mode & (S_IRGRP | S_IROTH) != 0 }

    /// Overwrites the octets.
    mutating func wipe() { octets.wipe() }
}
