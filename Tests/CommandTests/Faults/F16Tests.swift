import Evidence
import Foundation
import Testing

/// A re-INVITE turns the only media line from audio into T.38, and a later one back.
@Suite struct F16Tests {
    @Test func theFaxIsTold() throws {
        let run = try FaultRun("F16")
        let (folder, record) = try run.only
        #expect(record["complete"] as? Bool == true && run.run.status == 0)
        #expect(try !run.findings().contains { $0["rule"] as? String == "PLY007" })
        let streams = try #require(record["streams"] as? [[String: Any]])
        #expect(streams.map { $0["media"] as? String } == ["audio", "audio", "image", "image"])
        for stream in streams.prefix(2) {
            let gaps = try #require(stream["gaps"] as? [[String: Any]])
            #expect(gaps.map { $0["cause"] as? String } == ["not-negotiated"])
            #expect(gaps.map { $0["reason"] as? String } == ["the media line carried image"])
            let flows = try #require(stream["flows"] as? [[String: Any]])
            #expect(flows.map { $0["packets"] as? Int } == [150, 50])
        }
        let datagrams = streams.suffix(2).compactMap { $0["datagrams"] as? [String: Any] }
        #expect(datagrams.map { $0["packets"] as? Int } == [150, 50])
        #expect(datagrams.map { $0["transport"] as? String } == ["udptl", "udptl"] && datagrams.map { $0["decoded"] as? Bool } == [false, false])
        let faxes = try #require(record["events"] as? [[String: Any]]).filter { $0["type"] as? String == "fax" }
        #expect(faxes.map { $0["time"] as? String } == ["2026-11-28T10:00:03.500000000Z"])
        #expect(faxes.map { ($0["detail"] as? [String: String])?["datagrams"] } == ["200"])
        let page = try String(contentsOfFile: folder + "/report.html", encoding: .utf8)
        #expect(page.contains("a fax (T.38) of 12 s is not decoded") && page.contains("fax (T.38): 150 datagrams"))
    }
}
