import Foundation
import TestSupport
import Testing

/// A metadata document gives the same participant id to another person.
@Suite struct F09Tests {
    @Test func eachPersonHasAFileAndATime() throws {
        let run = try FaultRun("F09")
        let (folder, record) = try run.only
        let people = try #require(record["participants"] as? [[String: Any]])
        let names = people.map { ($0["names"] as? [[String: Any]] ?? []).compactMap { $0["value"] as? String } }
        #expect(names == [["Rosa"], ["Sven"], ["Tove"]])
        #expect(people.map { $0["aors"] as? [String] } == [["sip:rosa@example.org"], ["sip:sven@example.org"], ["sip:tove@example.org"]])
        #expect(people.map { $0["files"] as? [String] } == [["audio/rosa.wav"], ["audio/sven.wav"], ["audio/tove.wav"]])
        let ids = people.compactMap { $0["id"] as? String }
        #expect(Set(ids).count == 3)
        func ends(_ index: Int) -> [String]? { (people[index]["sessions"] as? [[String: Any]])?.compactMap { $0["end"] as? String } }
        #expect(ends(1) == ["2026-11-28T10:00:08.000000000Z"])
        let events = try #require(record["events"] as? [[String: Any]])
        let transfer = try #require(events.first { $0["type"] as? String == "transfer" })
        #expect(transfer["participants"] as? [String] == [ids[1], ids[2]] && transfer["time"] as? String == "2026-11-28T10:00:08.000000000Z")
        // Sven is heard from 0.2 s to 8.2 s, Tove from there on; nobody's file has the other's voice.
        for (file, sounding) in [("sven", 0..<64_000), ("tove", 64_000..<128_000)] {
            let samples = try FaultRun.samples(folder + "/audio/\(file).wav").samples
            #expect(samples.count == 128_000)
            #expect(samples.indices.allSatisfy { sounding.contains($0) || samples[$0] == 0 })
            #expect(samples[sounding].count { $0 != 0 } > 60_000)
        }
        let page = try String(contentsOfFile: folder + "/report.html", encoding: .utf8)
        #expect(page.contains("<h1><bdi>Rosa, Sven, Tove</bdi></h1>"))
    }
}
