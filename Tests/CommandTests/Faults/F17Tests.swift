import Foundation
import Testing

/// A capture on a TCP connection begins with the second segment of the recording session's INVITE.
@Suite struct F17Tests {
    @Test func nobodyIsAccusedOfWhatTheCaptureLacks() throws {
        let run = try FaultRun("F17")
        let record = try run.only.record
        #expect(record["kind"] as? String == "siprec")
        let rules = try run.findings().compactMap { $0["rule"] as? String }
        #expect(!rules.contains("DLG005") && !rules.contains("DLG009"))
        let told = try #require(try run.findings().first { $0["rule"] as? String == "DLG030" })
        #expect((told["first"] as? [String: Any])?["frame"] as? Int == 1)
        #expect(told["message"] as? String == "1073 bytes before the first whole message end a metadata document, whose beginning was not captured")
        let people = try #require(record["participants"] as? [[String: Any]])
        #expect(people.map { $0["confidence"] as? String } == ["none", "none"])
        #expect(people.map { $0["files"] as? [String] } == [["audio/label-1.wav"], ["audio/label-2.wav"]])
    }
}
