import RecordingRecords

/// Paths below the output folder, as this program makes them: anything else is a mistake that must not reach the file system.
enum RelativePath {
    /// Refuses a path that could leave its folder, hide, or read differently on another system.
    static func check(_ path: String) throws(OutputFault) {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        for part in parts {
            let isPlain = part.utf8.allSatisfy { octet in
                switch octet {
                case 0x61...0x7A, 0x41...0x5A, 0x30...0x39, 0x2D, 0x2E, 0x5F: true
                default: false
                }
            }
            guard isPlain, !part.isEmpty, part.first != ".", part.utf8.count <= 200 else {
                throw OutputFault(path: path, reason: "is no name that siprecap writes")
            }
        }
    }

    /// The folder part, nil where there is none.
    static func folder(of path: String) -> String? {
        path.lastIndex(of: "/").map { String(path[..<$0]) }
    }
}
