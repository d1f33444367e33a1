import Foundation
import Testing

@Suite struct ReportTests {
    private func pages(_ folder: String) -> [String] { Tree.files(folder).filter { $0.hasSuffix("report.html") } }

    /// What a page links to beside itself, by attribute `href` and `src`.
    private func links(_ page: String) -> [String] {
        page.matches(of: /(?:href|src)="([^"#]+)[^"]*"/).compactMap { String($0.1).removingPercentEncoding }
    }

    @Test("the run and each recording have a page, every link in it leads to a file, and nothing leads outside")
    func linksLead() throws {
        let scratch = try Scratch()
        let out = scratch.path("out")
        _ = try CommandRun(["reconstruct"] + Checkout.sampleNames.flatMap { Checkout.capture(of: $0) } + ["-o", out])
        let pages = pages(out)
        #expect(pages.count == (try Tree.recordings(out).count) + 1)
        for page in pages {
            let folder = URL(fileURLWithPath: out + "/" + page).deletingLastPathComponent()
            let text = try Tree.text(out + "/" + page)
            for link in links(text) {
                let target = folder.appendingPathComponent(link).standardizedFileURL.path
                #expect(
                    target.hasPrefix(URL(fileURLWithPath: out).standardizedFileURL.path + "/") && FileManager.default.fileExists(atPath: target),
                    "\(page): \(link)")
            }
            #expect(!text.contains("=\"http"), "\(page)")
        }
        let manifest = try Tree.text(out + "/manifest-sha256.txt")
        for page in pages { #expect(manifest.contains("  \(page)\n")) }
    }

    @Test("keys of the signalling are in no page") func noKeys() throws {
        let scratch = try Scratch()
        let out = scratch.path("out")
        _ = try CommandRun(["reconstruct"] + Checkout.capture(of: "08-sdes-32-aes256-mki") + ["-o", out])
        for page in pages(out) {
            let text = try Tree.text(out + "/" + page)
            #expect(text.matches(of: /inline:(?!\[redacted\])/).isEmpty, "\(page)")
        }
    }

    @Test("--no-report writes none and leaves none of an earlier run") func none() throws {
        let scratch = try Scratch()
        let out = scratch.path("out")
        let name = try #require(Checkout.sampleNames.first)
        _ = try CommandRun(["reconstruct"] + Checkout.capture(of: name) + ["-o", out])
        #expect(pages(out).count == 2)
        _ = try CommandRun(["reconstruct"] + Checkout.capture(of: name) + ["-o", out, "--no-report"])
        #expect(pages(out) == [])
    }
}
