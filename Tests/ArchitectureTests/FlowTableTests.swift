import Foundation
import Testing

/// `docs/recording-sessions.md` has every flow once, and names only tests and samples that exist.
struct FlowTableTests {
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// `Suite.test` of every test below `Tests/`.
    private static func tests() -> Set<String> {
        let folder = root.appendingPathComponent("Tests").path
        var out: Set<String> = []
        for path in FileManager.default.enumerator(atPath: folder)?.compactMap({ $0 as? String }) ?? [] where path.hasSuffix("Tests.swift") {
            guard let text = try? String(contentsOfFile: folder + "/" + path, encoding: .utf8) else { continue }
            let suite = URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent
            for match in text.matches(of: /func (\w+)\(/) { out.insert("\(suite).\(match.1)") }
        }
        return out
    }

    @Test func everyTestThatIsNamedExists() throws {
        let text = try String(contentsOf: Self.root.appendingPathComponent("docs/recording-sessions.md"), encoding: .utf8)
        let known = Self.tests()
        let named = text.matches(of: /`(\w+Tests\.\w+)`/).map { String($0.1) }
        #expect(named.count > 40)
        for name in named { #expect(known.contains(name), "\(name)") }
        for match in text.matches(of: /samples? (\d\d-[a-z0-9-]+)(?: and (\d\d-[a-z0-9-]+))?/) {
            for sample in [match.1, match.2].compactMap({ $0 }) {
                #expect(FileManager.default.fileExists(atPath: Self.root.appendingPathComponent("SamplePcaps/\(sample)").path), "\(sample)")
            }
        }
    }

    @Test func everyFlowIsThere() throws {
        let text = try String(contentsOf: Self.root.appendingPathComponent("docs/recording-sessions.md"), encoding: .utf8)
        let numbers = text.split(separator: "\n").compactMap { Int($0.split(separator: "|").first.map { $0.trimmingCharacters(in: .whitespaces) } ?? "") }
        #expect(numbers == Array(1...32))
    }
}
