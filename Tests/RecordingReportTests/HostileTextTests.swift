import RecordingAccount
import RecordingPlan
import RecordingRecords
import TestSupport
import Testing

@testable import CaptureSurvey
@testable import PacketInput
@testable import RecordingReport

@Suite struct HostileTextTests {
    static let hostile = [
        "</title></style></script><script>alert(1)</script>", "\" onmouseover=\"alert(1)\" x=\"", "' onload='alert(1)", "<img src=x onerror=alert(1)>",
        "&lt;b&gt; &#60; & &amp", "]]><!-- -->", "javascript:alert(1)", "\u{1B}[31mred\u{1B}[0m\u{7}\u{0}\u{8}", "\u{202E}gnp.exe\u{2066}\u{200F}",
        "\u{85}\u{9B}31m",
        String(decoding: [0xEF, 0xBF, 0xBE, 0xEF, 0xB7, 0x90], as: UTF8.self) + "\u{E0041}", String(repeating: "<svg/onload=alert(1)>", count: 5000),
        "\r\n\r\n\u{2028}", "\\u003cscript\\u003e",
        "{{7*7}}${7*7}",
    ]

    @Test("a page has the same elements whatever the texts of the capture are", arguments: hostile)
    func structureStays(text: String) {
        let plain = TagReader(RecordingPage.render(Material.recording(text: "plain")))
        let page = TagReader(RecordingPage.render(Material.recording(text: text)))
        #expect(plain.complaints == [])
        #expect(page.complaints == [])
        #expect(page.tags == plain.tags)
    }

    @Test("the page of a run likewise", arguments: hostile)
    func runStructureStays(text: String) {
        func page(_ text: String) -> TagReader {
            let summaries = [RecordingSummary(Material.recording(text: text).record, folder: "recordings/x")]
            return TagReader(RunPage.render(Material.run(of: summaries, text: text), recordings: summaries))
        }
        #expect(page(text).complaints == [])
        #expect(page(text).tags == page("plain").tags)
    }

    @Test("no element has an event handler, an inline style or an address outside the page's folder", arguments: hostile)
    func noHandlers(text: String) {
        let page = TagReader(RecordingPage.render(Material.recording(text: text)))
        for (tag, attribute, value) in page.values {
            #expect(!attribute.hasPrefix("on") && attribute != "style", "<\(tag) \(attribute)>")
            if attribute == "href" || attribute == "src" {
                let isInside = value.hasPrefix("#") || value.hasPrefix("../../report.html") || value.hasPrefix("audio/") || value.hasPrefix("metadata/")
                #expect(isInside || value == "recording.json", "<\(tag) \(attribute)=\(value)>")
            }
        }
    }

    @Test("the reader of these tests sees text that became markup") func readerSees() {
        let whole = TagReader(Array("<p title=\"a\">b</p>".utf8))
        #expect(whole.complaints == [] && whole.tags == ["p title", "/p"])
        #expect(TagReader(Array("<p title=\"\" onload=\"x\">b</p>".utf8)).tags == ["p title onload", "/p"])
        for broken in ["<p><script></p>", "<p>a & b</p>", "<p>\u{1B}</p>", "<p></b>", "<p", "<p title=\"\"\"></p>", "a > b"] {
            #expect(!TagReader(Array(broken.utf8)).complaints.isEmpty, "\(broken)")
        }
    }

    @Test("what does not show is spelled out") func visible() {
        func escaped(_ text: String) -> String { ("\(text)" as HTML).text }
        #expect(escaped("a\u{1B}[1mb\u{0}\u{7F}") == "a␛[1mb␀␡")
        #expect(escaped("\u{202E}x\u{200B}\u{85}") == "⟨U+202E⟩x⟨U+200B⟩⟨U+85⟩")
        #expect(escaped("<a href=\"x\">'&") == "&lt;a href=&quot;x&quot;&gt;&#39;&amp;")
        #expect(escaped("line\r\nnext\ttab") == "line\nnext\ttab")
        #expect(escaped("Zoë 山田 👩‍💻".replacingZeroWidth) == "Zoë 山田 👩💻")
    }

    @Test("markup interpolated into markup stays, text does not become any") func typed() {
        let inner: HTML = "<b>\("<i>")</b>"
        let outer: HTML = "<p title=\"\("\"")\">\(inner)\(3)\(0.5)</p>"
        #expect(outer.text == "<p title=\"&quot;\"><b>&lt;i&gt;</b>30.5</p>")
    }

    @Test("random octets as text keep the page whole") func random() {
        var source = SeededRandom(seed: 20_261_123)
        for _ in 0..<20 {
            let octets = (0..<400).map { _ in UInt8(truncatingIfNeeded: source.next()) }
            let page = TagReader(RecordingPage.render(Material.recording(text: String(decoding: octets, as: UTF8.self))))
            #expect(page.complaints == [], "seed 20261123")
        }
    }

    @Test(
        "addresses of files are percent-encoded",
        arguments: [
            ("audio/a b.wav", "audio/a%20b.wav"), ("javascript:x", "javascript%3Ax"), ("//host/x", ".//host/x"), ("a?b#c%", "a%3Fb%23c%25"),
            ("ä\"", "%C3%A4%22"),
        ]) func addresses(path: String, address: String)
    { #expect(HTMLText.address(path) == address) }
}

extension String {
    /// Without joiners, which pages spell out.
    fileprivate var replacingZeroWidth: String { String(String.UnicodeScalarView(unicodeScalars.filter { $0.value != 0x200D })) }
}
