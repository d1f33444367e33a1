import Glibc
import RecordingRecords

extension OutputFolder {
    /// True where a run has written this folder, or is writing it.
    static func isOutput(_ path: String, names: [String]) -> Bool {
        if names.contains(stagingName) { return true }
        guard names.contains(runName), case .some(let schema) = schema(of: path + "/" + runName) else { return false }
        return schema.hasPrefix("siprecap.run/")
    }

    /// Throws unless the folder is empty or all in it was written by this program.
    static func refuseForeign(_ path: String) throws(OutputFault) {
        let objection: String?
        do throws(SystemError) { objection = try self.objection(path) } catch { throw OutputFault(path, "cannot be read", error) }
        if let objection { throw OutputFault(path: path, reason: "\(objection); choose an empty or new folder, or move it away") }
    }

    /// What speaks against writing here.
    private static func objection(_ path: String) throws(SystemError) -> String? {
        let names = try Folder.names(path)
        if names.isEmpty { return nil }
        // A file of somebody else first: it says more than a missing run.json.
        if let foreign = names.first(where: { !ownNames.contains($0) }) { return "holds \(foreign), which siprecap did not write" }
        guard isOutput(path, names: names) else { return "holds \(names[0]), but no run.json of siprecap" }
        if names.contains(runName), schema(of: path + "/" + runName) != RunRecord.schemaName { return "was written by another version of siprecap" }
        guard names.contains(Manifest.fileName), let known = manifest(path) else { return nil }
        let own = Set([runName, Manifest.fileName, stagingName] + Bag.tagFiles)
        let foreign = try Folder.files(below: path, skip: { own.contains($0) }).first { !known.contains($0) }
        return foreign.map { "holds \($0), which siprecap did not write" }
    }

    /// Makes the staging folder anew and takes its lock, which ends with the process.
    static func lockStaging(_ staging: String) throws(OutputFault) -> Int32 {
        do throws(SystemError) {
            try Folder.create(staging)
            let descriptor = unsafe open(staging, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
            guard descriptor >= 0 else { throw SystemError.last }
            guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
                let error = SystemError.last
                close(descriptor)
                throw error
            }
            for name in try Folder.names(staging) { try Folder.remove(staging + "/" + name) }
            return descriptor
        } catch {
            if error.number == EWOULDBLOCK {
                let reason = "another siprecap writes to this folder; wait for it or choose another folder"
                throw OutputFault(path: staging, reason: reason, errorNumber: error.number)
            }
            throw OutputFault(staging, "cannot be created", error)
        }
    }

    private struct SchemaOnly: Decodable { let schema: String }

    private static func schema(of path: String) -> String? {
        guard let octets = small(path, most: 256 << 20) else { return nil }
        return try? SidecarJSON.decode(SchemaOnly.self, from: octets).schema
    }

    private static func manifest(_ path: String) -> Set<String>? {
        guard let octets = small(path + "/" + Manifest.fileName, most: 1 << 30) else { return nil }
        return Manifest.parse(String(decoding: octets, as: UTF8.self)).map { Set($0.map(\.path)) }
    }

    /// All of a file; nil where it is no regular file, cannot be read or is larger than it should be.
    static func small(_ path: String, most: Int64) -> [UInt8]? {
        guard let file = try? FileDescriptor(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK), let status = try? file.status(), status.kind == .file,
            status.size <= most
        else { return nil }
        var octets = [UInt8](repeating: 0, count: Int(status.size))
        var filled = 0
        while filled < octets.count {
            let count: Int = unsafe octets.withUnsafeMutableBytes { space in
                (try? unsafe file.read(into: UnsafeMutableRawBufferPointer(rebasing: space[filled...]))) ?? 0
            }
            if count == 0 { return nil }
            filled += count
        }
        return octets
    }
}
