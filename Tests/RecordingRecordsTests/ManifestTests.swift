import RecordingRecords
import Testing

@Suite struct ManifestTests {
    @Test func manifestPathsSurviveEscaping() throws {
        let entries = [
            Manifest.Entry(path: "a%0A\n\r b", sha256: String(repeating: "0", count: 64)),
            Manifest.Entry(path: "B", sha256: String(repeating: "f", count: 64)),
        ]
        let text = Manifest.text(entries)
        #expect(text.split(separator: "\n").count == 2 && text.hasPrefix("ffff"))
        #expect(Manifest.parse(text) == [entries[1], entries[0]])
        for bad in ["x", "00  a", String(repeating: "g", count: 64) + "  a", String(repeating: "0", count: 64), String(repeating: "0", count: 65) + "  a"] {
            #expect(Manifest.parse(bad) == nil, "\(bad)")
        }
    }
}
