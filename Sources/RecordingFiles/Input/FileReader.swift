import Glibc
package import PacketInput

/// Sequential octets of one file, by read(2) into the caller's buffer.
package final class FileReader: CaptureReader {
    private let file: FileDescriptor
    private let name: String
    /// Octets that may still be read: a file that grows while it is read ends where it ended when the run began.
    private var rest: Int

    init(_ file: consuming FileDescriptor, name: String, limit: Int) {
        self.file = file
        self.name = name
        rest = limit
        posix_fadvise(self.file.raw, 0, 0, POSIX_FADV_SEQUENTIAL)
    }

    package func read(into buffer: inout [UInt8], from offset: Int) throws(InputFault) -> Int {
        let room = min(buffer.count - offset, rest)
        guard offset >= 0, room > 0 else { return 0 }
        let result: Result<Int, SystemError> = unsafe buffer.withUnsafeMutableBytes { octets in
            do throws(SystemError) {
                return .success(unsafe try file.read(into: UnsafeMutableRawBufferPointer(rebasing: octets[offset..<offset + room])))
            } catch { return .failure(error) }
        }
        switch result {
        case .success(let count):
            rest -= count
            return count
        case .failure(let error): throw InputFault(name, "cannot be read on", error)
        }
    }
}

/// A reader that hashes what it reads, and leaves the digest behind when it comes to the end.
package final class HashingReader: CaptureReader {
    private let base: any CaptureReader
    private let hash = SHA256()
    private let digest: InputDigest

    init(_ base: any CaptureReader, into digest: InputDigest) {
        self.base = base
        self.digest = digest
    }

    package var amount: ReadAmount? { base.amount }

    package func read(into buffer: inout [UInt8], from offset: Int) throws(InputFault) -> Int {
        let isAsking = offset < buffer.count
        let count = try base.read(into: &buffer, from: offset)
        if count > 0 {
            unsafe buffer.withUnsafeBytes { unsafe hash.update(UnsafeRawBufferPointer(rebasing: $0[offset..<offset + count])) }
        } else if isAsking {
            digest.set(hash.finish())
        }
        return count
    }
}
