import Foundation
import Testing

/// An INVITE with Replaces takes over a call (RFC 3891).
@Suite struct F14Tests {
    @Test func bothRecordingsNameTheOtherAndOneTellsTheTransfer() throws {
        let fault = try FaultRun("F14")
        #expect(fault.recordings.count == 2)
        let records = fault.recordings.map(\.record).sorted { ($0["start"] as? String ?? "") < ($1["start"] as? String ?? "") }
        let dialogs = try records.map { try #require($0["dialogs"] as? [[String: Any]]) }
        func callIDs(_ dialogs: [[String: Any]], related: Bool) -> [String] {
            dialogs.filter { ($0["relation"] != nil) == related }.compactMap { $0["callID"] as? String }
        }
        #expect(dialogs.map { callIDs($0, related: false) } == [["f14old@x"], ["f14new@x"]])
        #expect(dialogs.map { callIDs($0, related: true) } == [["f14new@x"], ["f14old@x"]])
        #expect(dialogs.flatMap(\.self).compactMap { $0["relation"] as? [String] }.allSatisfy { $0.joined().contains("Replaces") })
        let transfers = try records.map { record in
            try #require(record["events"] as? [[String: Any]]).filter { $0["type"] as? String == "transfer" }
        }
        #expect(transfers.map(\.count) == [1, 0])
        let detail = try #require(transfers[0][0]["detail"] as? [String: String])
        // Nora stays, Omar is put out.
        #expect(detail == ["from": "callee", "to": "sip:chef@example.org"])
    }
}
