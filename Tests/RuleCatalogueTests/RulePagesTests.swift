import Evidence
import Foundation
import RuleCatalogue
import Testing

/// `docs/rules` is generated from the rules: `make docs` runs this suite with SIPRECAP_UPDATE_RULES=1, which writes the pages.
@Suite struct RulePagesTests {
    private static let folder = URL(filePath: #filePath).resolvingSymlinksInPath()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().appending(path: "docs/rules")
    private static let isUpdating = ProcessInfo.processInfo.environment["SIPRECAP_UPDATE_RULES"] == "1"

    private static var pages: [String: String] {
        var pages = ["README.md": RulePage.index(Rule.catalogue)]
        for rule in Rule.catalogue { pages["\(rule.code).md"] = RulePage.markdown(rule) }
        return pages
    }

    @Test func pagesAreUpToDate() throws {
        let pages = Self.pages
        if Self.isUpdating { try Self.write(pages) }
        for (name, text) in pages.sorted(by: { $0.key < $1.key }) {
            let stored = try? String(contentsOf: Self.folder.appending(path: name), encoding: .utf8)
            let isCurrent = stored == text
            #expect(isCurrent, "docs/rules/\(name) is stale: run make docs")
        }
        let orphans = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path).filter { $0.hasSuffix(".md") && pages[$0] == nil }
        #expect(orphans == [], "pages without a rule: run make docs")
    }

    private static func write(_ pages: [String: String]) throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) where name.hasSuffix(".md") && pages[name] == nil {
            try FileManager.default.removeItem(at: folder.appending(path: name))
        }
        for (name, text) in pages { try Data(text.utf8).write(to: folder.appending(path: name), options: .atomic) }
    }

    @Test func codesAreUniqueAndWellFormed() {
        let codes = Rule.catalogue.map(\.code)
        #expect(Set(codes).count == codes.count, "a code is used twice")
        for code in codes { #expect(code.wholeMatch(of: /[A-Z]{3}[0-9]{3}/) != nil, "\(code) is not three letters and three digits") }
    }

    @Test func everyPageTeachesSomething() {
        for rule in Rule.catalogue {
            let parts = [rule.meaning, rule.consequence, rule.cause, rule.action, rule.remedy]
            for part in parts { #expect(part.count >= 10 && part.hasSuffix("."), "\(rule.code): a section is no sentence: \(part)") }
            #expect(Set(parts).count == parts.count, "\(rule.code): two sections say the same")
            #expect(!rule.title.hasSuffix(".") && !rule.title.isEmpty && !rule.reference.isEmpty, "\(rule.code): title or reference")
        }
    }

    @Test func rulesAreFoundByCodeInAnyCase() throws {
        for rule in Rule.catalogue { #expect(Rule.named(rule.code.lowercased()) == rule) }
        #expect(Rule.named("XXX999") == nil)
    }

    @Test func aPageHoldsEverySection() {
        func rule(_ code: String, _ title: String, _ severity: Severity) -> Rule {
            Rule(code: code, title: title, severity: severity, meaning: "m", consequence: "c", cause: "u", action: "a", remedy: "r", reference: "RFC 3711")
        }
        let (first, second) = (rule("SDP104", "One", .warning), rule("CAP001", "Two", .error))
        let page = RulePage.markdown(first)
        #expect(page.hasPrefix("# SDP104: One\n\nSeverity **warning** · since 0.1.0 · RFC 3711\n"))
        for heading in ["What it means", "Why it matters for the recording", "Usual cause", "What siprecap does", "What you can do"] {
            #expect(page.contains("\n## \(heading)\n\n"))
        }
        #expect(page.hasSuffix("\n\nr\n"))
        #expect(
            RulePage.index([first, second]).hasSuffix(
                "| [CAP001](CAP001.md) | error | Two |\n| [SDP104](SDP104.md) | warning | One |\n"))
    }
}
