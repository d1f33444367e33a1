import Foundation
import Testing

/// `docs/conformance.md` has every rule once, and names only rules that have a page.
struct ConformanceTableTests {
    @Test func tableIsComplete() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let text = try String(contentsOf: root.appendingPathComponent("docs/conformance.md"), encoding: .utf8)
        var found: [String] = []
        for line in text.split(separator: "\n") {
            let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
            guard cells.count == 3, let last = cells[0].last, last.isNumber else { continue }
            found.append(cells[0])
            let state = cells[2]
            if state == "todo" || state.hasPrefix("not checkable: ") { continue }
            let pages = state.split(separator: "(").dropFirst().compactMap { $0.split(separator: ")").first.map(String.init) }
            #expect(!pages.isEmpty, "\(cells[0])")
            for page in pages { #expect(FileManager.default.fileExists(atPath: root.appendingPathComponent("docs/\(page)").path), "\(page)") }
        }
        let wanted = [("P", 34), ("C", 10), ("D", 20), ("R", 27), ("M", 36), ("F", 6)].flatMap { area, count in
            (1...count).map { area + ($0 < 10 ? "0" : "") + "\($0)" }
        }
        #expect(found == wanted)
    }
}
