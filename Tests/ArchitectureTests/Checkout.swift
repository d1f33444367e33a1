import Foundation

/// The working copy that these tests were compiled from.
enum Checkout {
    static let root = URL(filePath: #filePath).resolvingSymlinksInPath()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    static func text(_ path: String) throws -> String { try String(contentsOf: root.appending(path: path), encoding: .utf8) }

    /// Paths of the Swift files below a folder, relative to it, sorted.
    static func swiftFiles(below folder: String) throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: root.appending(path: folder).path).filter { $0.hasSuffix(".swift") }.sorted()
    }

    /// Files of C below a folder: sources, headers and what they include.
    static func cFiles(below folder: String) throws -> [String] {
        let endings: Set<Substring> = ["c", "h", "m", "cc", "cpp", "hpp", "inc", "s", "S"]
        return try FileManager.default.subpathsOfDirectory(atPath: root.appending(path: folder).path)
            .filter { endings.contains($0.split(separator: ".").last ?? "") }.sorted()
    }

    /// The Swift files of each module below `Sources`: paths below the module, with their sources.
    static func modules() throws -> [String: [(path: String, source: String)]] {
        var out: [String: [(path: String, source: String)]] = [:]
        for path in try swiftFiles(below: "Sources") {
            let parts = path.split(separator: "/", maxSplits: 1)
            if parts.count == 2 { out[String(parts[0]), default: []].append((String(parts[1]), try text("Sources/\(path)"))) }
        }
        return out
    }

    static func table() throws -> ModuleTable { ModuleTable(markdown: try text("docs/architecture.md")) }
}
