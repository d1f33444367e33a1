import Evidence
import TLSDecryption
import Testing

/// The example handshakes of RFC 8448, record by record, with its secrets as key log (`Fixtures/rfc8448-*.txt`).
@Suite("RFC 8448")
struct RFC8448Tests {
    private struct Replay {
        let clear: [TLSClear]
        let faults: [TLSFault]
        let summary: TLSSummary
    }

    private func replay(_ name: String, dropping label: String? = nil) throws -> Replay {
        var recorded = try Recorded(name)
        if let label {
            let lines = String(decoding: recorded.keyLog, as: UTF8.self).split(separator: "\n").filter { !$0.hasPrefix(label) }
            recorded.keyLog = Array(lines.joined(separator: "\n").utf8)
        }
        let secrets = TLSSecrets()
        secrets.add(TLSKeyLog(parsing: recorded.keyLog), name: "rfc")
        var connection = TLSConnection(secrets: secrets)
        var clear: [TLSClear] = []
        for (number, event) in recorded.events.enumerated() {
            clear += connection.feed(event.side, event.octets, origins: Recorded.origins(number), lostBefore: 0)
        }
        clear += connection.finish()
        return Replay(clear: clear, faults: connection.takeFaults(), summary: connection.summary)
    }

    /// What both sides send as application data in sections 3 and 4.
    private static let payload = (0..<50).map { UInt8($0) }

    @Test(arguments: [
        ("rfc8448-3-simple", payload, payload), ("rfc8448-4-early", Array("ABCDEF".utf8) + payload, payload), ("rfc8448-5-retry", [], []),
        ("rfc8448-6-client-auth", [], []), ("rfc8448-7-compatibility", [], []),
    ])
    func `Every record opens and the application data is that of the RFC`(name: String, client: [UInt8], server: [UInt8]) throws {
        let replay = try replay(name)
        #expect(replay.clear.filter { $0.side == .forward }.flatMap(\.octets) == client)
        #expect(replay.clear.filter { $0.side == .backward }.flatMap(\.octets) == server)
        #expect(replay.faults.isEmpty, "\(replay.faults.map(\.message))")
        #expect(replay.summary.unopenedOctets == 0)
        #expect(replay.summary.handshakes == 1)
        // Handshake and traffic secrets of both sides, and the early one, each opened something: the alerts at the end among them.
        let count = try Recorded(name).keyLog.count { $0 == 0x0A }
        #expect(replay.summary.sources.map(\.line).sorted() == Array(1..<count))
    }

    @Test(arguments: ["CLIENT_TRAFFIC", "SERVER_HANDSHAKE"], ["rfc8448-3-simple", "rfc8448-7-compatibility"])
    func `Without one secret the other side still opens`(label: String, name: String) throws {
        let replay = try replay(name, dropping: label)
        #expect(replay.clear.allSatisfy { $0.side == .backward || label == "SERVER_HANDSHAKE" })
        #expect(replay.summary.unopenedOctets > 0)
        #expect(replay.summary.sources.contains { $0.line > 2 })
    }
}
