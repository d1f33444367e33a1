import Glibc

/// A file that is written in blocks. It holds a descriptor while the budget has room, and only for the moment of a block where it has none,
/// so that thousands can be open.
///
/// What is written goes out as far as the last whole page, so that the system gets runs of pages; the buffer holds what is over. Where that is no
/// more, it goes out to the last multiple of eight pages: the system keeps blocks that begin at a multiple of their size in one piece, and takes
/// two thirds of the time for them. How large the blocks are is the writer's business: a second large buffer for each of thousands of files would be
/// memory for nothing.
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
    private var kept: KeptFile?
    private var preallocation = Preallocation()

    /// Creates the file, which must not exist.
    init(path: String, capacity: Int = 4 << 10, budget: OpenFileBudget? = nil) throws(SystemError) {
        self.path = path
        self.capacity = capacity
        // Readable, too: a file that is still open at its end is hashed without being opened again.
        let file = try FileDescriptor(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW)
        kept = budget?.keep(file)
    }

    func write(_ octets: UnsafeRawBufferPointer) {
        guard octets.count > 0, fault == nil else { return }
        if position != bufferStart + Int64(buffer.count) { flush() }
        if buffer.isEmpty { bufferStart = position }
        position += Int64(octets.count)
        length = max(length, position)
        let over = self.over
        let whole = octets.count - over
        if position - Int64(over) > bufferStart {
            // The buffer never reaches a block's end, so what goes out now ends within `octets`.
            unsafe buffer.withUnsafeBytes { unsafe put($0, UnsafeRawBufferPointer(rebasing: octets[..<whole]), at: bufferStart) }
            buffer.removeAll(keepingCapacity: true)
            bufferStart = position - Int64(over)
            unsafe buffer.append(contentsOf: octets[whole...])
        } else {
            unsafe buffer.append(contentsOf: octets)
        }
    }

    /// Octets up to `position` that are better written later; at most a page.
    private var over: Int {
        let over = Int(position % Int64(8 * capacity))
        return over <= capacity ? over : over % capacity
    }

    func seek(to offset: Int64) {
        if offset >= 0 { position = offset }
    }

    /// Writes out the buffer.
    func flush() {
        guard !buffer.isEmpty, fault == nil else { return }
        unsafe buffer.withUnsafeBytes { unsafe put($0, UnsafeRawBufferPointer(start: nil, count: 0), at: bufferStart) }
        buffer.removeAll(keepingCapacity: true)
    }

    /// Writes `head` and then `rest`. Zeros beyond what is on disk are left as a hole: silence takes no room.
    private func put(_ head: UnsafeRawBufferPointer, _ rest: UnsafeRawBufferPointer, at start: Int64) {
        guard unsafe start < written || !(Self.isSilent(head) && Self.isSilent(rest)) else {
            if let kept { preallocation.giveBack(kept, length: written) }
            return
        }
        do throws(SystemError) {
            if let kept {
                preallocation.prepare(kept, from: start, count: head.count + rest.count)
                unsafe try kept.file.write(head, rest, at: start)
            } else {
                unsafe try FileDescriptor(path, O_WRONLY | O_NOFOLLOW).write(head, rest, at: start)
            }
        } catch { fault = error }
        written = max(written, start + Int64(head.count + rest.count))
    }

    /// True where there is nothing but zeros: the first octet is zero, and each equals the one before.
    private static func isSilent(_ octets: UnsafeRawBufferPointer) -> Bool {
        guard octets.count > 0, let start = octets.baseAddress else { return true }
        guard unsafe octets[0] == 0 else { return false }
        return unsafe memcmp(start, start + 1, octets.count - 1) == 0
    }

    /// Writes what is left and gives the file its length.
    func close() throws(SystemError) {
        defer { kept = nil }
        try complete()
    }

    /// The same, and tells the hash of all of it.
    func closeAndHash() throws(SystemError) -> (sha256: String, bytes: Int) {
        defer { kept = nil }
        try complete()
        guard let kept else { return try SHA256.of(file: path) }
        return try SHA256.of(kept.file, first: Int(length))
    }

    private func complete() throws(SystemError) {
        flush()
        buffer = []
        // What was reserved and not written goes with it.
        if fault == nil, written < length || preallocation.end > length {
            do throws(SystemError) {
                if let kept { try kept.file.truncate(to: length) } else { try FileDescriptor(path, O_WRONLY | O_NOFOLLOW).truncate(to: length) }
            } catch { fault = error }
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
