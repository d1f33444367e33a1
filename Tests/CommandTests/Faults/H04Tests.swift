import Testing

/// Telephone events of a payload type that nothing describes, whose last end packets come after speech has gone on.
@Suite struct H04Tests {
    @Test func keysAreRecognisedAndCostNoSpeech() throws {
        let fault = try FaultRun("H04")
        let (folder, record) = try fault.only
        let stream = try #require((record["streams"] as? [[String: Any]])?.first)
        let gaps = try #require(stream["gaps"] as? [[String: Any]])
        #expect(gaps.count == 4)
        for (index, gap) in gaps.enumerated() {
            #expect(gap["offset"] as? Double == Double(2 + 4 * index))
            #expect(abs((gap["duration"] as? Double ?? 0) - 0.24) < 1e-9)
        }
        let events = (record["events"] as? [[String: Any]] ?? []).filter { $0["type"] as? String == "dtmf" }
        let details = events.compactMap { $0["detail"] as? [String: String] }
        #expect(details.map { $0["digit"] } == ["0", "1", "2", "3"])
        #expect(details.allSatisfy { $0["duration"] == "0.18" && $0["source"] == "telephone-event-inferred" }, "\(details)")
        #expect(events.compactMap { $0["offset"] as? Double } == [2, 6, 10, 14])
        let codecs = (stream["flows"] as? [[String: Any]])?.first?["codecs"] as? [[String: Any]] ?? []
        #expect(codecs.contains { $0["name"] as? String == "TELEPHONE-EVENT" && $0["inferred"] as? Bool == true })
        let files = try #require(stream["files"] as? [String])
        #expect(files.count == 1)
        #expect(try withExtendedLifetime(fault) { try FaultRun.samples(folder + "/" + files[0]).samples.count } == 18 * 8000)
        #expect((record["findings"] as? [[String: Any]] ?? []).allSatisfy { !($0["rule"] as? String ?? "").hasPrefix("PLY") })
    }
}
