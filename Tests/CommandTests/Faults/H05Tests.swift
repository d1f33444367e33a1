import Foundation
import Testing

/// A back-to-back user agent that keeps the Call-ID and the media and changes tags and addresses.
@Suite struct H05Tests {
    @Test func oneCallOnTwoHops() throws {
        let fault = try FaultRun("H05")
        let (folder, record) = try fault.only
        #expect(fault.run.status == 0, "\(fault.run.errors)")
        #expect(record["kind"] as? String == "call" && record["complete"] as? Bool == true)
        let dialogs = try #require(record["dialogs"] as? [[String: Any]])
        #expect(dialogs.count == 2 && dialogs.allSatisfy { $0["relation"] == nil })
        let files = try #require(record["files"] as? [[String: Any]]).filter { $0["role"] as? String == "participant" }
        #expect(Set(files.compactMap { $0["path"] as? String }) == ["audio/alice.wav", "audio/bob.wav"])
        let flows = try #require(record["streams"] as? [[String: Any]]).flatMap { $0["flows"] as? [[String: Any]] ?? [] }
        #expect(flows.map { $0["packets"] as? Int } == [500, 500])
        #expect(flows.map { $0["copies"] as? Int } == [500, 500])
        #expect(flows.allSatisfy { ($0["twins"] as? [Any])?.count == 1 })
        for (name, hertz) in [("alice", 440), ("bob", 700)] {
            let (rate, samples) = try FaultRun.samples("\(folder)/audio/\(name).wav")
            // Twice as many changes of sign as the tone has periods.
            let changes = zip(samples, samples.dropFirst()).count { ($0 < 0) != ($1 < 0) }
            #expect(abs(changes * rate / max(1, samples.count) - 2 * hertz) <= 8, "\(name): \(changes)")
        }
    }
}
