import Foundation
import Testing

/// Three overlapping calls of one load generator announce the same ports on both sides, each with a source of its own.
@Suite struct F02Tests {
    @Test func eachCallHasItsVoice() throws {
        let fault = try FaultRun("F02")
        #expect(fault.recordings.count == 3)
        var sources: [String: String] = [:]
        for (folder, record) in fault.recordings {
            let dialogs = try #require(record["dialogs"] as? [[String: Any]])
            #expect(dialogs.count == 1)
            let callID = try #require(dialogs[0]["callID"] as? String)
            for stream in try #require(record["streams"] as? [[String: Any]]) {
                for flow in try #require(stream["flows"] as? [[String: Any]]) {
                    sources[callID] = flow["ssrc"] as? String
                    #expect(flow["packets"] as? Int == 400)
                }
            }
            let files = try #require(record["files"] as? [[String: Any]]).filter { $0["role"] as? String == "participant" }
            #expect(files.count == 1)
            let (rate, samples) = try FaultRun.samples(folder + "/" + (try #require(files.first?["path"] as? String)))
            #expect(rate == 8000 && samples.count == 64_000)
        }
        #expect(sources == ["1-77@192.0.2.10": "0x00000700", "2-77@192.0.2.10": "0x00000701", "3-77@192.0.2.10": "0x00000702"])
    }
}
