package import PacketInput
package import RecordingRecords

/// The folder of one recording that was written before.
package enum RecordingFolder {
    /// Octets of a `recording.json` at most.
    private static let longest: Int64 = 1 << 30

    /// The sidecar at `path`, which names the folder of a recording, its `recording.json`, or `…/recordings/ID`.
    package static func read(_ path: String) throws(InputFault) -> RecordingRecord {
        var path = path
        while path.count > 1, path.hasSuffix("/") { path.removeLast() }
        let name = "recording.json"
        let candidates = [path, path + "/" + name] + named(path).map { $0 + "/" + name }
        for candidate in candidates {
            guard let octets = OutputFolder.small(candidate, most: longest) else { continue }
            guard let record = try? SidecarJSON.decode(RecordingRecord.self, from: octets), record.schema == RecordingRecord.schemaName else {
                throw InputFault(name: candidate, reason: "is no recording.json that this version knows")
            }
            return record
        }
        throw InputFault(name: path, reason: "holds no recording; name a folder below recordings/ of an output, or its id")
    }

    /// Folders beside `path` whose name ends in its last component: folders are named `<start>_<id>`.
    private static func named(_ path: String) -> [String] {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        guard let id = parts.last, !id.isEmpty else { return [] }
        let parent = parts.count > 1 ? parts.dropLast().joined(separator: "/") : "."
        return ((try? Folder.names(parent)) ?? []).filter { $0.hasSuffix("_" + id) }.sorted().map { parent + "/" + $0 }
    }
}
