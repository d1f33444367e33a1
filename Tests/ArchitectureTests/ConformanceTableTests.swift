import Foundation
import Testing

/// `docs/conformance.md` has every rule once, names only rules that have a page, and accounts for their severities.
struct ConformanceTableTests {
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    private static func text(_ path: String) throws -> String { try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8) }

    /// Every rule of the reference, in order.
    private static let wanted = [("P", 34), ("C", 10), ("D", 20), ("R", 27), ("M", 36), ("F", 6)].flatMap { area, count in
        (1...count).map { area + ($0 < 10 ? "0" : "") + "\($0)" }
    }

    /// Cells of the table rows with so many columns whose first cell names a rule.
    private static func rows(_ columns: Int) throws -> [[String]] {
        try text("docs/conformance.md").split(separator: "\n").compactMap { line in
            let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
            return cells.count == columns && wanted.contains(cells[0]) ? cells : nil
        }
    }

    /// Names of the pages that a cell links to.
    private static func codes(_ cell: String) -> [String] {
        cell.split(separator: "[", omittingEmptySubsequences: false).dropFirst().compactMap { $0.split(separator: "]").first.map(String.init) }
    }

    @Test func `the table is complete`() throws {
        let rows = try Self.rows(3)
        #expect(rows.map { $0[0] } == Self.wanted)
        for row in rows where row[2] != "todo" && !row[2].hasPrefix("not checkable: ") {
            #expect(!Self.codes(row[2]).isEmpty, "\(row[0])")
            for code in Self.codes(row[2]) { #expect(row[2].contains("(rules/\(code).md)") && (try? Self.text("docs/rules/\(code).md")) != nil, "\(code)") }
        }
    }

    @Test func `a code has the severity that its rule is graded with, or a reason stands below`() throws {
        var graded: [String: String] = [:]
        let list = try Self.text("docs/conformance.md").components(separatedBy: "## Severities")[1].components(separatedBy: "A finding has")[0]
        var severity: String?
        for word in list.split(whereSeparator: \.isWhitespace).map(String.init) {
            if word.hasSuffix(":"), ["error", "warning", "info"].contains(String(word.dropLast())) { severity = String(word.dropLast()) }
            if Self.wanted.contains(word) { #expect(graded.updateValue(severity ?? "", forKey: word) == nil, "\(word) is graded twice") }
        }
        #expect(Set(graded.keys) == Set(Self.wanted))
        var explained = Set(
            try Self.rows(5).map { row in
                #expect(graded[row[0]] == row[1] && !row[4].isEmpty, "\(row)")
                return row[0] + " " + row[2] + " " + row[3]
            })
        for row in try Self.rows(3) {
            for code in Self.codes(row[2]) {
                let page = try Self.text("docs/rules/\(code).md")
                let said = try #require(page.components(separatedBy: "Severity **").dropFirst().first?.components(separatedBy: "**").first)
                if said != graded[row[0]] { #expect(explained.remove("\(row[0]) \(code) \(said)") != nil, "\(row[0]) \(code) \(said)") }
            }
        }
        #expect(explained.isEmpty, "explained, but not so: \(explained)")
    }
}
