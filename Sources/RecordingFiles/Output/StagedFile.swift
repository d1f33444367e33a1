import Glibc

/// A file that is written through a small buffer and holds a descriptor only while the buffer goes out, so that thousands can be open.
///
/// Octets that were skipped by `seek` read as zero. Errors stay: after the first one nothing is written.
final class StagedFile {
    let path: String
    private(set) var position: Int64 = 0
    private(set) var length: Int64 = 0
    /// The first thing that went wrong.
    private(set) var fault: SystemError?
    private let capacity: Int
    private var buffer: [UInt8] = []
    /// Where in the file the buffer begins.
    private var bufferStart: Int64 = 0
    private var written: Int64 = 0

    /// Creates the file, which must not exist.
    init(path: String, capacity: Int = 64 << 10) throws(SystemError) {
        self.path = path
        self.capacity = capacity
        _ = try FileDescriptor(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW)
    }

    func write(_ octets: UnsafeRawBufferPointer) {
        var rest = unsafe octets
        if rest.count >= capacity / 2, fault == nil {
            // Large enough as it is: one system call, and no copy.
            flush()
            unsafe put(rest, at: position)
            position += Int64(rest.count)
            length = max(length, position)
            return
        }
        while rest.count > 0, fault == nil {
            if position != bufferStart + Int64(buffer.count) || buffer.count == capacity { flush() }
            if buffer.isEmpty { bufferStart = position }
            let count = min(rest.count, capacity - buffer.count)
            unsafe buffer.append(contentsOf: rest[..<count])
            position += Int64(count)
            length = max(length, position)
            unsafe rest = UnsafeRawBufferPointer(rebasing: rest[count...])
        }
    }

    func seek(to offset: Int64) {
        if offset >= 0 { position = offset }
    }

    /// Writes out the buffer.
    func flush() {
        guard !buffer.isEmpty, fault == nil else { return }
        unsafe buffer.withUnsafeBytes { unsafe put($0, at: bufferStart) }
        buffer.removeAll(keepingCapacity: true)
    }

    /// Writes to the file. A block of zeros beyond what is on disk is left as a hole: silence takes no room.
    private func put(_ octets: UnsafeRawBufferPointer, at start: Int64) {
        guard unsafe start < written || !Self.isSilent(octets) else { return }
        do throws(SystemError) {
            let file = try FileDescriptor(path, O_WRONLY | O_NOFOLLOW)
            unsafe try file.write(octets, at: start)
        } catch { fault = error }
        written = max(written, start + Int64(octets.count))
    }

    /// True where there are zeros only: the first octet is zero, and each equals the one before.
    private static func isSilent(_ octets: UnsafeRawBufferPointer) -> Bool {
        guard let start = octets.baseAddress, unsafe octets[0] == 0 else { return false }
        return unsafe memcmp(start, start + 1, octets.count - 1) == 0
    }

    /// Writes what is left and gives the file its length.
    func close() throws(SystemError) {
        flush()
        buffer = []
        if fault == nil, written < length {
            do throws(SystemError) { try FileDescriptor(path, O_WRONLY | O_NOFOLLOW).truncate(to: length) } catch { fault = error }
        }
        if let fault { throw fault }
    }

    /// Writes a whole file at once.
    static func write(_ octets: [UInt8], path: String) throws(SystemError) {
        let file = try FileDescriptor(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW)
        let result: SystemError? = unsafe octets.withUnsafeBytes { space in
            do throws(SystemError) {
                unsafe try file.write(space, at: 0)
                return nil
            } catch { return error }
        }
        if let result { throw result }
    }
}
