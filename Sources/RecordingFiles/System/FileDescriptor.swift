import CFiles
import Glibc

/// An open file, closed when it goes.
struct FileDescriptor: ~Copyable {
    let raw: Int32

    /// Opens `path` with close-on-exec; `mode` matters where a file is created, and is then exact whatever the umask.
    init(_ path: String, _ flags: Int32, mode: mode_t = 0o600) throws(SystemError) {
        guard !path.utf8.contains(0) else { throw SystemError(EINVAL) }
        var descriptor: Int32
        repeat { descriptor = unsafe open(path, flags | O_CLOEXEC, mode) } while descriptor < 0 && errno == EINTR
        guard descriptor >= 0 else { throw SystemError.last }
        if flags & O_CREAT != 0, fchmod(descriptor, mode) != 0 {
            let error = SystemError.last
            close(descriptor)
            throw error
        }
        raw = descriptor
    }

    /// Takes over a descriptor that is open already.
    init(owning raw: Int32) { self.raw = raw }

    deinit { close(raw) }

    func status() throws(SystemError) -> FileStatus {
        var status = stat()
        guard unsafe fstat(raw, &status) == 0 else { throw SystemError.last }
        return FileStatus(status)
    }

    /// Octets read, 0 at the end.
    func read(into buffer: UnsafeMutableRawBufferPointer) throws(SystemError) -> Int {
        while true {
            let count = unsafe Glibc.read(raw, buffer.baseAddress, buffer.count)
            if count >= 0 { return count }
            if errno != EINTR { throw SystemError.last }
        }
    }

    /// Octets read from `offset` on, fewer than asked for only at the end.
    func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int64) throws(SystemError) -> Int {
        var done = 0
        while done < buffer.count {
            let rest = unsafe UnsafeMutableRawBufferPointer(rebasing: buffer[done...])
            let count = unsafe pread(raw, rest.baseAddress, rest.count, off_t(offset) + off_t(done))
            if count < 0 {
                if errno == EINTR { continue }
                throw SystemError.last
            }
            if count == 0 { break }
            done += count
        }
        return done
    }

    /// Writes all of `octets` at `offset`.
    func write(_ octets: UnsafeRawBufferPointer, at offset: Int64) throws(SystemError) {
        var done = 0
        while done < octets.count {
            let rest = unsafe UnsafeRawBufferPointer(rebasing: octets[done...])
            let count = unsafe pwrite(raw, rest.baseAddress, rest.count, off_t(offset) + off_t(done))
            if count < 0 {
                if errno == EINTR { continue }
                throw SystemError.last
            }
            if count == 0 { throw SystemError(EIO) }
            done += count
        }
    }

    /// Writes all of `head` and then all of `rest` at `offset`, in one call as a rule.
    func write(_ head: UnsafeRawBufferPointer, _ rest: UnsafeRawBufferPointer, at offset: Int64) throws(SystemError) {
        var done = 0
        if head.count > 0, rest.count > 0 {
            var parts = unsafe [
                iovec(iov_base: UnsafeMutableRawPointer(mutating: head.baseAddress), iov_len: head.count),
                iovec(iov_base: UnsafeMutableRawPointer(mutating: rest.baseAddress), iov_len: rest.count),
            ]
            // An error comes again below, where it is told.
            done = max(0, unsafe pwritev(raw, &parts, 2, off_t(offset)))
        }
        if done < head.count { unsafe try write(UnsafeRawBufferPointer(rebasing: head[done...]), at: offset + Int64(done)) }
        let left = max(0, done - head.count)
        if left < rest.count { unsafe try write(UnsafeRawBufferPointer(rebasing: rest[left...]), at: offset + Int64(head.count + left)) }
    }

    /// Finds room on the disk for octets that are to come, and leaves the file's length as it is; false where that can not be.
    func reserve(_ range: Range<Int64>) -> Bool {
        file_preallocate(raw, range.lowerBound, Int64(range.count)) == 0
    }

    /// Cuts the file, or makes it longer by zeros; room that was reserved behind its end goes.
    func truncate(to length: Int64) throws(SystemError) {
        guard ftruncate(raw, off_t(length)) == 0 else { throw SystemError.last }
    }

    /// Waits until the disk has it. Not every file system can; that is no error.
    func synchronize() throws(SystemError) {
        guard fsync(raw) == 0 || errno == EINVAL || errno == EROFS else { throw SystemError.last }
    }
}

/// What a path leads to.
struct FileStatus {
    enum Kind { case file, folder, link, pipe, other }

    /// Device and number: the same for two paths to one file.
    struct Identity: Hashable, Sendable {
        let device: UInt64
        let number: UInt64
    }

    let kind: Kind
    let size: Int64
    let identity: Identity

    init(_ status: stat) {
        switch status.st_mode & S_IFMT {
        case S_IFREG: kind = .file
        case S_IFDIR: kind = .folder
        case S_IFLNK: kind = .link
        case S_IFIFO, S_IFCHR, S_IFSOCK: kind = .pipe
        default: kind = .other
        }
        size = Int64(status.st_size)
        identity = Identity(device: UInt64(status.st_dev), number: UInt64(status.st_ino))
    }

    /// Follows links unless told otherwise.
    init(path: String, followsLinks: Bool = true) throws(SystemError) {
        guard !path.utf8.contains(0) else { throw SystemError(EINVAL) }
        var status = stat()
        let result = followsLinks ? unsafe stat(path, &status) : unsafe lstat(path, &status)
        guard result == 0 else { throw SystemError.last }
        self.init(status)
    }
}
