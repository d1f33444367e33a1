import Evidence
import MediaPlayout
import RecordingAccount
import RecordingPlan
import RecordingPlanner
import RecordingRecords
import RecordingRender
import Testing

@testable import CaptureSurvey
@testable import PacketInput
@testable import RecordingReport

@Suite struct PageTests {
    private func page(_ material: ReportMaterial) -> String { String(decoding: RecordingPage.render(material), as: UTF8.self) }

    @Test("every link inside the page has its target") func anchors() {
        let reader = TagReader(RecordingPage.render(Material.recording(text: "plain")))
        let ids = Set(reader.values.filter { $0.attribute == "id" }.map(\.value))
        let links = reader.values.filter { $0.attribute == "href" && $0.value.hasPrefix("#") }.map { String($0.value.dropFirst()) }
        #expect(links.contains("m1"))
        #expect(Set(links).isSubset(of: ids), "\(Set(links).subtracting(ids))")
        #expect(ids.count == reader.values.count { $0.attribute == "id" })
    }

    @Test("a finding names the message that holds its frame") func findingToMessage() {
        #expect(page(Material.recording(text: "plain")).contains("<a href=\"#m1\">message 1</a>"))
    }

    @Test("a finding leads to the time of its packet, where a message, a gap or a flow's beginning tells it") func findingToMoment() {
        var material = Material.recording(text: "plain")
        var log = FindingLog()
        log.report(.rtp003, "the first", at: Origin(capture: 0, frame: 77))
        log.report(.rtp006, "unknown", at: Origin(capture: 0, frame: 78))
        material.record.findings = log.sorted.map { FindingRecord($0, captureNames: ["plain"]) }
        #expect(!page(material).contains("class=\"jump\" data-at=\"12.5\""))
        material.packets = [(PlaceRecord(capture: "plain", frame: 77), 12.5)]
        let text = page(material)
        #expect(text.contains("at <button type=\"button\" class=\"jump\" data-at=\"12.5\">0:12.50</button>"))
        #expect(text.components(of: "data-at=\"12.5\"") == 1)
    }

    @Test("every cause of a gap has words and a colour in both schemes") func causes() {
        let style = StyleSheet.source.description
        for cause in GapCause.allCases {
            #expect(style.components(of: "--\(cause.rawValue): ") == 2, "\(cause)")
            #expect(style.contains(".\(GapWords(cause).style) {"))
        }
    }

    @Test("a waveform is one closed shape with a point for each span, scaled to the loudest lane") func waveform() throws {
        var material = Material.recording(text: "plain", streams: 1)
        material.waveforms = [Waveform(path: "audio/p1.wav", step: 20, peaks: [-64, 64, 0, 0, -32, 32])]
        #expect(page(material).contains("viewBox=\"0 0 2 200\""))
        #expect(page(material).contains("d=\"M0 1l1 99l1 -50l0 100l-1 -50l-1 99Z\""))
        #expect(page(material).contains("full height is −6 dB"))
    }

    @Test("a recording without audio, people or messages has a page, too") func empty() {
        let record = RecordingRecord(
            id: "1", kind: "media", start: Material.start.rfc3339, end: Material.start.rfc3339, duration: 0, complete: false,
            provenance: ProvenanceRecord(tool: ToolRecord(version: "0")))
        let text = page(ReportMaterial(record: record))
        #expect(TagReader(Array(text.utf8)).complaints == [])
        #expect(text.contains("No audio."))
        #expect(!text.contains("NaN") && !text.contains("inf%"))
    }

    @Test("an hour with thousands of gaps, long messages and many streams stays under 3 MB and says what is folded") func hour() {
        var material = Material.recording(
            text: "plain", seconds: 3600, streams: 12, gaps: 3000, messages: 400, messageText: String(repeating: "x", count: 1500))
        material.omittedMessages = 900
        let octets = RecordingPage.render(material)
        #expect(octets.count < 3_000_000, "\(octets.count)")
        let text = String(decoding: octets, as: UTF8.self)
        #expect(text.contains("900 later messages are only in signalling.txt"))
        #expect(text.contains("longest gaps; recording.json lists"))
    }

    @Test("a thousand recordings stay under 5 MB") func thousand() {
        let record = Material.recording(text: "Somebody with a Long Name", streams: 4).record
        let all = (0..<1000).map { RecordingSummary(record, folder: "recordings/20261122T211131Z_00112233aabb\($0)") }
        let octets = RunPage.render(Material.run(of: all, text: "plain"), recordings: all)
        #expect(octets.count < 5_000_000, "\(octets.count)")
        #expect(TagReader(octets).tags.count { (tag: String) in tag.hasPrefix("tr data-state") } == 1000)
    }

    @Test("the same material gives the same octets") func deterministic() {
        #expect(RecordingPage.render(Material.recording(text: "plain")) == RecordingPage.render(Material.recording(text: "plain")))
    }

    @Test(
        "offsets and numbers read the same everywhere",
        arguments: [
            (0.0, "0:00.00"), (7.204, "0:07.20"), (-0.01, "−0:00.01"), (59.999, "1:00.00"), (3725.5, "1:02:05.50"), (.nan, "?"), (1e18, "?"),
        ]) func offsets(seconds: Double, text: String)
    { #expect(Page.offset(seconds) == text) }

    @Test(
        "decimals have no locale and no exponent",
        arguments: [
            (0.0, "0"), (1.5, "1.5"), (-0.00001, "0"), (33.33333, "33.3333"), (-2.25, "-2.25"), (.infinity, "0"), (100, "100"),
        ]) func decimals(value: Double, text: String)
    { #expect(Decimal.text(value) == text) }
}

extension String {
    /// How often `word` is there.
    fileprivate func components(of word: String) -> Int {
        var count = 0
        var rest = self[...]
        while let found = rest.firstRange(of: word) {
            count += 1
            rest = rest[found.upperBound...]
        }
        return count
    }
}
