import Glibc

/// Copies pipes to files that have no name, so that they can be read twice and are gone when the program is, however it ends.
struct Spooler {
    let folder: String

    /// `TMPDIR`, else `/var/tmp`, which has room for captures where `/tmp` lies in memory.
    init(folder: String? = nil) {
        if let folder {
            self.folder = folder
        } else if let variable = unsafe getenv("TMPDIR") {
            self.folder = unsafe String(cString: variable)
        } else {
            self.folder = "/var/tmp"
        }
    }

    /// Copies `path`, or standard input where nil, to its end.
    func spool(_ path: String?, name: String) throws(SystemError) -> InputFile {
        let target = try unnamed()
        let source = try open(path)
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 256 << 10, alignment: 16)
        defer { unsafe buffer.deallocate() }
        var length: Int64 = 0
        while true {
            let count = unsafe try source.read(into: buffer)
            if count == 0 { break }
            unsafe try target.write(UnsafeRawBufferPointer(rebasing: buffer[..<count]), at: length)
            length += Int64(count)
        }
        let status = try target.status()
        let file = SpooledFile(target)
        let displayName = path == nil ? "-" : String(name.split(separator: "/").last ?? "-")
        return InputFile(path: file.path, status: status, isExplicit: true, displayName: displayName, spool: file)
    }

    private func open(_ path: String?) throws(SystemError) -> FileDescriptor {
        if let path { return try FileDescriptor(path, O_RDONLY) }
        let copy = dup(STDIN_FILENO)
        guard copy >= 0 else { throw SystemError.last }
        return FileDescriptor(owning: copy)
    }

    private func unnamed() throws(SystemError) -> FileDescriptor {
        while true {
            let path = "\(folder)/siprecap-\(UInt64.random(in: .min ... .max))"
            do {
                let file = try FileDescriptor(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW)
                unsafe _ = unlink(path)
                return file
            } catch {
                if error.number != EEXIST { throw error }
            }
        }
    }
}
