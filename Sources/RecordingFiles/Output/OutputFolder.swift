import Glibc
package import RecordingRecords
import Synchronization

/// The folder that a run writes: recordings appear in it whole, and `run.json` last.
///
/// Everything is made below a staging folder and renamed into place. The staging folder is there from `prepare` to `finish` and is locked,
/// so a second run at the same time is refused, and what an interrupted one left is known for what it is.
package final class OutputFolder: RecordingOutput {
    static let stagingName = ".staging-siprecap"
    static let runName = "run.json"
    package static let reportName = "report.html"
    /// What this program writes at the top.
    static let ownNames: Set<String> = Set([runName, Manifest.fileName, "recordings", reportName, "catalog.sqlite", stagingName] + Bag.names)

    private struct State {
        var nextNumber = 0
        /// Files in place, and the folder that their paths are relative to; empty for the output folder itself.
        var written: [(folder: String, files: [WrittenFile])] = []
        /// Folders that recordings stand in and that are there.
        var parents: Set<String> = []
        /// The account of an earlier run is gone: with the first recording it is no longer true.
        var isAccountGone = false
        var isOver = false
        var lock: Int32
    }

    /// As the user gave it.
    package let path: String
    private let wasCreated: Bool
    /// What to say of the folder as a bag; nil where it is to be none.
    private let bag: Bag?
    private let state: Mutex<State>
    /// Shared by all recordings that are live.
    let openFiles = OpenFileBudget()

    private init(path: String, wasCreated: Bool, bag: Bag?, lock: Int32) {
        self.path = path
        self.wasCreated = wasCreated
        self.bag = bag
        state = Mutex(State(lock: lock))
    }

    deinit { discard() }

    var staging: String { path + "/" + Self.stagingName }

    /// Refuses a folder that cannot be used, before any work is done: one that cannot be written, or that holds what this program did not write.
    ///
    /// An absent folder is made; in that of an earlier run, recordings of the same name will be replaced.
    package static func prepare(path given: String, bag: Bag? = nil) throws(OutputFault) -> OutputFolder {
        var path = given
        while path.count > 1, path.hasSuffix("/") { path.removeLast() }
        guard !path.isEmpty else { throw OutputFault(path: given, reason: "is no folder") }
        let wasCreated: Bool
        do throws(SystemError) { wasCreated = try Folder.create(path) } catch { throw OutputFault(path, "cannot be created as a folder", error) }
        if !wasCreated {
            try refuseForeign(path)
            // A bag has its payload in one place and nothing of it elsewhere.
            if Folder.exists(path + "/" + (bag == nil ? Bag.payload : "recordings")) {
                throw OutputFault(path: path, reason: "was written \(bag == nil ? "with" : "without") --bag; choose an empty or new folder")
            }
        }
        let lock = try lockStaging(path + "/" + stagingName)
        return OutputFolder(path: path, wasCreated: wasCreated, bag: bag, lock: lock)
    }

    package func begin(folder: String) throws(OutputFault) -> any RecordingWriter {
        try RelativePath.check(folder)
        let number = state.withLock { state in
            state.nextNumber += 1
            return state.nextNumber
        }
        let staged = "\(staging)/\(number)"
        do throws(SystemError) { try Folder.create(staged) } catch { throw OutputFault(staged, "cannot be created", error) }
        return StagedRecording(folder: folder, staged: staged, output: self)
    }

    /// Writes one file at the top, such as `report.html`, in the place of an earlier one.
    package func write(path name: String, octets: [UInt8]) throws(OutputFault) -> WrittenFile {
        guard Self.ownNames.contains(name), name != Self.stagingName, name != "recordings" else {
            throw OutputFault(path: name, reason: "is no name that siprecap writes")
        }
        let place = bag == nil ? name : Bag.payload + "/" + name
        if bag != nil {
            do throws(SystemError) { try Folder.create(path + "/" + Bag.payload) } catch { throw OutputFault(path + "/" + place, "cannot be written", error) }
        }
        let file = try replace(name, octets, as: place)
        state.withLock { $0.written.append(("", [file])) }
        return file
    }

    /// Ends the run: manifest, then `run.json` with the manifest's hash. Returns the record as it was written.
    package func finish(_ run: RunRecord) throws(OutputFault) -> RunRecord {
        var written: [String: String] = [:]
        for (folder, files) in state.withLock(\.written) {
            for file in files { written[folder.isEmpty ? file.path : folder + "/" + file.path] = file.sha256 }
        }
        var run = run
        do throws(SystemError) {
            var entries: [Manifest.Entry] = []
            let top = Set([Self.runName, Manifest.fileName, Self.stagingName] + Bag.tagFiles)
            for file in try Folder.files(below: path, skip: { top.contains($0) }) {
                // What an earlier run left is read again; what this one wrote is known.
                let sha256: String
                if let known = written[file] { sha256 = known } else { sha256 = try SHA256.of(file: path + "/" + file).sha256 }
                entries.append(Manifest.Entry(path: file, sha256: sha256))
            }
            // Files are not synchronised one by one: thousands of fsync took longer than the whole render. What a power cut damages,
            // the manifest's hashes show.
            let manifest = try replaceOrError(Manifest.fileName, Array(Manifest.text(entries).utf8))
            run.manifest = RunRecord.Manifest(path: Manifest.fileName, sha256: manifest.sha256, files: entries.count)
        } catch { throw OutputFault(path + "/" + Manifest.fileName, "cannot be written", error) }
        guard let octets = try? RecordJSON.octets(of: run) else { throw OutputFault(path: path + "/" + Self.runName, reason: "cannot be encoded") }
        let account = try replace(Self.runName, octets)
        if let bag, let manifest = run.manifest { try write(bag, manifest: manifest, run: account) }
        try? Folder.synchronize(path)
        discard()
        return run
    }

    /// Removes what is staged, and the folder if it was made and nothing came into it. Recordings in place stay. Safe to call twice.
    package func discard() {
        let lock: Int32? = state.withLock { state in
            if state.isOver { return nil }
            state.isOver = true
            return state.lock
        }
        guard let lock else { return }
        try? Folder.remove(staging)
        if wasCreated { unsafe _ = rmdir(path) }
        close(lock)
    }

    /// Puts a finished recording in its place; an earlier one of the same name goes away.
    func place(_ staged: String, as folder: String, files: [WrittenFile]) throws(OutputFault) {
        let target = path + "/" + folder
        let replaced = staged + "-replaced"
        do throws(SystemError) {
            try makeRoom(for: folder)
            do throws(SystemError) { try Folder.rename(staged, to: target) } catch {
                // A folder that holds something, or what is no folder, stays where it is.
                guard [ENOTEMPTY, EEXIST, ENOTDIR].contains(error.number) else { throw error }
                try Folder.rename(target, to: replaced)
                do throws(SystemError) { try Folder.rename(staged, to: target) } catch {
                    try? Folder.rename(replaced, to: target)
                    throw error
                }
                try Folder.remove(replaced)
            }
        } catch { throw OutputFault(target, "cannot be put in place", error) }
        state.withLock { $0.written.append((folder, files)) }
    }

    /// Makes the folder that `folder` stands in, and removes the account of an earlier run: each once, as thousands may come.
    private func makeRoom(for folder: String) throws(SystemError) {
        let parent = RelativePath.folder(of: folder)
        let (isAccountGone, isThere) = state.withLock { ($0.isAccountGone, parent.map($0.parents.contains) ?? true) }
        if !isThere, let parent {
            try Folder.create(path + "/" + parent)
            state.withLock { _ = $0.parents.insert(parent) }
        }
        guard !isAccountGone else { return }
        for name in [Self.runName, Manifest.fileName, Self.reportName] + Bag.tagFiles { try Folder.remove(path + "/" + name) }
        state.withLock { $0.isAccountGone = true }
    }

    /// Writes what makes the folder a bag, the tag manifest last: it names the others.
    private func write(_ bag: Bag, manifest: RunRecord.Manifest, run: WrittenFile) throws(OutputFault) {
        var entries = [Manifest.Entry(path: manifest.path, sha256: manifest.sha256), Manifest.Entry(path: run.path, sha256: run.sha256)]
        do throws(SystemError) {
            var octets: Int64 = 0
            var files = 0
            for file in try Folder.files(below: path + "/" + Bag.payload) {
                octets += try FileStatus(path: path + "/" + Bag.payload + "/" + file).size
                files += 1
            }
            for (name, text) in bag.tags(octets: octets, files: files) {
                entries.append(Manifest.Entry(path: name, sha256: try replaceOrError(name, Array(text.utf8)).sha256))
            }
            _ = try replaceOrError(Bag.tagManifest, Array(Manifest.text(entries).utf8))
        } catch { throw OutputFault(path, "cannot be made a bag", error) }
    }

    private func replace(_ name: String, _ octets: [UInt8], as place: String? = nil) throws(OutputFault) -> WrittenFile {
        do throws(SystemError) { return try replaceOrError(name, octets, as: place) } catch { throw OutputFault(path + "/" + name, "cannot be written", error) }
    }

    private func replaceOrError(_ name: String, _ octets: [UInt8], as place: String? = nil) throws(SystemError) -> WrittenFile {
        let staged = staging + "/" + name
        try Folder.remove(staged)
        try StagedFile.write(octets, path: staged)
        try FileDescriptor(staged, O_RDONLY).synchronize()
        guard let sha256 = SHA256.of(octets) else { throw .noLibrary }
        try Folder.rename(staged, to: path + "/" + (place ?? name))
        return WrittenFile(path: place ?? name, bytes: octets.count, sha256: sha256)
    }
}
