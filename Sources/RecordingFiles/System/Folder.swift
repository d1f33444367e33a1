import Glibc
import RecordingRecords

/// Calls on folders.
enum Folder {
    /// Names in a folder by their octets, without `.` and `..`. Names that are not UTF-8 come with replacement characters, and do not open.
    static func names(_ path: String) throws(SystemError) -> [String] {
        try entries(path).map(\.name).sorted { $0.precedesByOctets($1) }
    }

    /// Names in a folder as they come, and whether each is a folder itself; nil where the file system does not say.
    private static func entries(_ path: String) throws(SystemError) -> [(name: String, isFolder: Bool?)] {
        guard let stream = unsafe opendir(path) else { throw SystemError.last }
        defer { unsafe _ = closedir(stream) }
        var out: [(name: String, isFolder: Bool?)] = []
        while let entry = unsafe readdir(stream) {
            let offset = MemoryLayout<dirent>.offset(of: \.d_name) ?? 0
            let name = unsafe String(cString: UnsafeRawPointer(entry).advanced(by: offset).assumingMemoryBound(to: CChar.self))
            let kind = unsafe Int(entry.pointee.d_type)
            if name != ".", name != ".." { out.append((name, kind == Int(DT_UNKNOWN) ? nil : kind == Int(DT_DIR))) }
        }
        return out
    }

    /// Creates `path` and what is missing above it, readable for the owner only whatever the umask. True where it was not there.
    @discardableResult
    static func create(_ path: String) throws(SystemError) -> Bool {
        if unsafe mkdir(path, 0o700) == 0 {
            guard unsafe chmod(path, 0o700) == 0 else { throw SystemError.last }
            return true
        }
        let error = SystemError.last
        switch error.number {
        case EEXIST:
            guard try FileStatus(path: path).kind == .folder else { throw SystemError(ENOTDIR) }
            return false
        case ENOENT:
            guard let slash = path.lastIndex(of: "/"), slash != path.startIndex else { throw error }
            let parent = String(path[..<slash])
            if parent.isEmpty { throw error }
            try create(parent)
            // A trailing slash names the same folder.
            if slash == path.index(before: path.endIndex) { return true }
            guard unsafe mkdir(path, 0o700) == 0, unsafe chmod(path, 0o700) == 0 else { throw SystemError.last }
            return true
        default: throw error
        }
    }

    /// Removes a file, or a folder with all in it; links are removed, not followed. What is not there is no error.
    static func remove(_ path: String) throws(SystemError) {
        let status: FileStatus
        do { status = try FileStatus(path: path, followsLinks: false) } catch {
            if error.number == ENOENT { return }
            throw error
        }
        if status.kind == .folder {
            for name in try names(path) { try remove(path + "/" + name) }
            guard unsafe rmdir(path) == 0 else { throw SystemError.last }
        } else {
            // Another worker may have been quicker.
            guard unsafe unlink(path) == 0 || errno == ENOENT else { throw SystemError.last }
        }
    }

    static func rename(_ from: String, to: String) throws(SystemError) {
        guard unsafe Glibc.rename(from, to) == 0 else { throw SystemError.last }
    }

    static func exists(_ path: String) -> Bool { (try? FileStatus(path: path, followsLinks: false)) != nil }

    static func synchronize(_ path: String) throws(SystemError) { try FileDescriptor(path, O_RDONLY | O_DIRECTORY).synchronize() }

    /// Every file below `root` as a relative path, sorted by octets; `skip` tells which relative paths to leave out, with all in them.
    static func files(below root: String, skip: (String) -> Bool = { _ in false }) throws(SystemError) -> [String] {
        var out: [String] = []
        var pending = [""]
        while let folder = pending.popLast() {
            for entry in try entries(folder.isEmpty ? root : root + "/" + folder) {
                let path = folder.isEmpty ? entry.name : folder + "/" + entry.name
                if skip(path) { continue }
                let isFolder = if let known = entry.isFolder { known } else { try FileStatus(path: root + "/" + path, followsLinks: false).kind == .folder }
                if isFolder { pending.append(path) } else { out.append(path) }
            }
        }
        return out.sorted { $0.precedesByOctets($1) }
    }
}
