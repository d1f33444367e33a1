import Testing

/// Video without signalling.
@Suite struct F11Tests {
    @Test func videoIsNotCalledSound() throws {
        let fault = try FaultRun("F11")
        defer { withExtendedLifetime(fault) {} }
        let (folder, record) = try fault.only
        let streams = try #require(record["streams"] as? [[String: Any]])
        #expect(streams.map { $0["media"] as? String } == ["video"])
        #expect(streams.allSatisfy { ($0["gaps"] as? [Any])?.isEmpty == true })
        #expect(!Tree.files(folder).contains { $0.hasPrefix("audio/") })
        #expect(!fault.run.output.contains("of audio"))
        let told = (record["findings"] as? [[String: Any]] ?? []).filter { $0["rule"] as? String == "MAT040" }
        #expect((told.first?["message"] as? String)?.contains("H264") == true, "\(told)")
        #expect((record["findings"] as? [[String: Any]] ?? []).allSatisfy { !($0["rule"] as? String ?? "").hasPrefix("AUD") })
    }
}
