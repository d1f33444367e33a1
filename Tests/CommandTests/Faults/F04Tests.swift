import Foundation
import Testing

/// One call through a record-routing proxy, both hops captured.
@Suite struct F04Tests {
    @Test func eachRequestCountsOnceAndBelongsToItsSender() throws {
        let run = try FaultRun("F04")
        let events = try #require(try run.only.record["events"] as? [[String: Any]])
        func people(_ event: [String: Any]) -> [String]? { event["participants"] as? [String] }
        func detail(_ event: [String: Any], _ key: String) -> String? { (event["detail"] as? [String: String])?[key] }
        let keys = events.filter { $0["type"] as? String == "dtmf" }
        #expect(keys.map { detail($0, "digit") } == ["4", "7", "1", "1"])
        #expect(keys.map(people) == Array(repeating: ["caller"], count: 4))
        let transfers = events.filter { $0["type"] as? String == "transfer" }
        #expect(transfers.count == 1)
        #expect(transfers.first.flatMap(people) == ["caller"])
        #expect(transfers.first.flatMap { detail($0, "from") } == "caller" && transfers.first.flatMap { detail($0, "to") } == "sip:desk@example.org")
    }
}
