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

    static func table() throws -> ModuleTable { ModuleTable(markdown: try text("docs/architecture.md")) }
}
