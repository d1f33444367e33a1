import Foundation
import Testing

/// Canonical names say the opposite of the labels.
@Suite struct F08Tests {
    @Test func theContradictionIsTold() throws {
        let run = try FaultRun("F08")
        let record = try run.only.record
        let findings = try run.findings().filter { $0["rule"] as? String == "MAT031" }
        #expect(findings.map { $0["severity"] as? String } == ["warning", "warning"])
        let messages = findings.compactMap { $0["message"] as? String }.sorted()
        #expect(
            messages == [
                "a=ssrc cname sip:pia@example.org of 0x000000e2 names Pia for label 2, which the metadata gives to Quin",
                "a=ssrc cname sip:quin@example.org of 0x000000e1 names Quin for label 1, which the metadata gives to Pia",
            ])
        let streams = try #require(record["streams"] as? [[String: Any]])
        let bindings = streams.compactMap { $0["binding"] as? [String: Any] }
        #expect(bindings.map { $0["basis"] as? String } == ["label", "label"] && bindings.map { $0["confidence"] as? String } == ["low", "low"])
        #expect(bindings.map { $0["contradictedBy"] as? [String] } == [["a=ssrc cname sip:quin@example.org"], ["a=ssrc cname sip:pia@example.org"]])
        let people = try #require(record["participants"] as? [[String: Any]])
        #expect(people.map { $0["confidence"] as? String } == ["inferred", "inferred"])
        // The metadata still names the files.
        #expect(people.map { $0["files"] as? [String] } == [["audio/pia.wav"], ["audio/quin.wav"]])
        #expect(run.run.status == 1)
        let check = try CommandRun(["check", FaultRun.path("F08")])
        #expect(check.output.contains("MAT031") || check.errors.contains("MAT031"))
    }
}
