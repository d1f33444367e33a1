import Foundation
import Testing

/// What `import Siprecap` shows: everything documented, and nothing that nobody noticed.
@Suite struct PublicFaceTests {
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    private static func declarations() throws -> [(path: String, declaration: FaceText.Declaration)] {
        let folder = root.appendingPathComponent("Sources/Siprecap")
        let names = try #require(FileManager.default.enumerator(atPath: folder.path)).compactMap { $0 as? String }
        return try names.filter { $0.hasSuffix(".swift") }.sorted().flatMap { path in
            FaceText(try String(contentsOf: folder.appendingPathComponent(path), encoding: .utf8)).declarations.map { (path, $0) }
        }
    }

    @Test func everythingIsDocumented() throws {
        let bare = try Self.declarations().filter { !$0.declaration.isDocumented }
        #expect(bare.map { "\($0.path):\($0.declaration.line): \($0.declaration.name) has no documentation" } == [])
    }

    /// After a change that is meant: SIPRECAP_UPDATE_FACE=1 swift test --filter PublicFaceTests, and a line in CHANGELOG.md.
    @Test func theFaceIsAsItWas() throws {
        let file = Self.root.appendingPathComponent("Tests/SiprecapTests/public-face.txt")
        let now = try Self.declarations().map(\.declaration.name).sorted().joined(separator: "\n") + "\n"
        if ProcessInfo.processInfo.environment["SIPRECAP_UPDATE_FACE"] != nil { try Data(now.utf8).write(to: file) }
        let then = try String(contentsOf: file, encoding: .utf8)
        let (known, found) = (Set(then.split(separator: "\n")), Set(now.split(separator: "\n")))
        #expect(found.subtracting(known).sorted() == [], "new")
        #expect(known.subtracting(found).sorted() == [], "gone")
        let types = try Self.declarations().map(\.declaration).filter { $0.isType && !$0.name.contains(".") }
        #expect(types.count <= 16, "a façade is about a dozen types")
    }

    /// No module of ours or Foundation is shown to whoever imports this one.
    @Test func noOtherModuleShows() throws {
        let folder = Self.root.appendingPathComponent("Sources/Siprecap")
        for path in try #require(FileManager.default.enumerator(atPath: folder.path)).compactMap({ $0 as? String }) where path.hasSuffix(".swift") {
            let text = try String(contentsOf: folder.appendingPathComponent(path), encoding: .utf8)
            #expect(!text.contains("public import") && !text.contains("import Foundation"), "\(path)")
        }
    }

    // MARK: That the check complains

    private func names(_ source: String, documented: Bool) -> [String] { FaceText(source).declarations.filter { $0.isDocumented == documented }.map(\.name) }

    @Test func undocumentedDeclarationsAreFound() {
        let source = """
            public struct Bare {
                /// Documented.
                public var told: Int
                public let untold: Int
                let hidden: Int

                public init(from text: String, _ number: Int) throws(Fault) {
                    let local = 1
                }
                package func inside() {}
            }
            /// Documented.
            public enum Choice {
                /// Documented.
                case told
                case untold
                var hidden: Int { 1 }
                init(_ hidden: Int) {}
            }
            enum Hidden {
                case one
            }
            extension Bare {
                public consuming func act(on list: [(Int, Int)], then: () -> Void) async {}
            }
            """
        #expect(names(source, documented: false) == ["Bare", "Bare.untold", "Bare.init(from:_:)", "Choice.untold", "Bare.act(on:then:)"])
        #expect(names(source, documented: true) == ["Bare.told", "Choice", "Choice.told"])
    }

    @Test func requirementsOfAProtocolCount() {
        let source = """
            /// Documented.
            public protocol Sink {
                func take(_ octet: UInt8) throws
                /// Documented.
                var count: Int { get }
            }
            """
        #expect(names(source, documented: false) == ["Sink.take(_:)"])
        #expect(names(source, documented: true) == ["Sink", "Sink.count"])
    }
}

/// The code in the articles and doc comments is the code of Snippets.swift, which compiles.
@Suite struct ArticleTests {
    @Test func everySnippetCompiles() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let compiled = Self.lines(try String(contentsOf: root.appendingPathComponent("Tests/SiprecapTests/Snippets.swift"), encoding: .utf8))
        let folder = root.appendingPathComponent("Sources/Siprecap")
        var snippets = 0
        for path in try #require(FileManager.default.enumerator(atPath: folder.path)).compactMap({ $0 as? String }).sorted() {
            guard path.hasSuffix(".md") || path.hasSuffix(".swift") else { continue }
            var block: [String]?
            for line in Self.lines(try String(contentsOf: folder.appendingPathComponent(path), encoding: .utf8)) {
                if line == "```swift" {
                    block = []
                } else if line == "```", let found = block {
                    snippets += 1
                    #expect(compiled.firstRange(of: found) != nil, "\(path): not in Snippets.swift: \(found.joined(separator: "\n"))")
                    block = nil
                } else {
                    block?.append(line)
                }
            }
        }
        #expect(snippets >= 10)
    }

    /// Lines without margin, comment marks and blank lines.
    private static func lines(_ text: String) -> [String] {
        text.split(separator: "\n").map { line in
            let bare = line.drop { $0 == " " }
            return String(bare.hasPrefix("///") ? bare.dropFirst(3).drop { $0 == " " } : bare)
        }.filter { !$0.isEmpty }
    }
}
