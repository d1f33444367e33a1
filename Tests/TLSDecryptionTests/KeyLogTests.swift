import Evidence
import TLSDecryption
import Testing

@Suite("Key logs")
struct KeyLogTests {
    private static let random = String(repeating: "1f", count: 32)
    private static let secret32 = String(repeating: "2e", count: 32)
    private static let secret48 = String(repeating: "3D", count: 48)

    @Test func `Every label is read with its line; comments and blank lines count as lines`() {
        let text = """
            # a comment

            CLIENT_RANDOM \(Self.random) \(Self.secret48)\r
              EXPORTER_SECRET \(Self.random)\t\(Self.secret32)
            RSA 0102030405060708 \(Self.secret48)
            RSA Session-ID:aabb Master-Key:\(Self.secret48)
            CLIENT_TRAFFIC_SECRET_1 \(Self.random) \(Self.secret32)
            """
        let log = TLSKeyLog(parsing: Array(text.utf8))
        #expect(log.entries.map(\.line) == [3, 4, 5, 6, 7])
        #expect(log.malformed == 0 && log.unknown == 0)
        #expect(log.entries.map(\.secret.count) == [48, 32, 48, 48, 32])
    }

    @Test func `Malformed lines are counted and numbered, unknown labels counted by name, key updates of OpenSSL known`() {
        let text = """
            CLIENT_RANDOM \(Self.random) \(Self.secret32)
            client_random \(Self.random) \(Self.secret48)
            ECH_SECRET \(Self.random) \(Self.secret32)
            ECH_SECRET \(Self.random) \(Self.secret32)
            SERVER_TRAFFIC_SECRET_N \(Self.random) \(Self.secret32)
            EXPORTER_SECRET \(Self.random) \(Self.secret32) more
            RSA 01 \(Self.secret48)
            """
        let log = TLSKeyLog(parsing: Array(text.utf8))
        #expect(log.malformedLines == [1, 2, 6, 7])
        #expect(log.unknownLabels == ["ECH_SECRET": 2])
        #expect(log.derivable == 1)
        #expect(log.entries.isEmpty)
    }

    @Test func `A file is told for a key log by its first line`() {
        for (text, isLog) in [
            ("# SSL/TLS secrets\nCLIENT_RANDOM \(Self.random) \(Self.secret48)\n", true), ("RSA 0102030405060708 00\n", true),
            ("keys:\n  - key: x\n", false), ("a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:x\n", false), ("{\"keys\": []}", false), ("", false),
        ] { #expect(TLSKeyLog.looksLikeKeyLog(Array(text.utf8)) == isLog, "\(text)") }
    }

    @Test func `A log is told which of its lines belong to a connection`() throws {
        let recorded = try Recorded("tls12-gcm128")
        let log = TLSKeyLog(parsing: recorded.keyLog + Array("\nCLIENT_RANDOM \(Self.random) \(Self.secret48)\n".utf8))
        let secrets = TLSSecrets()
        secrets.add(log, name: "a.log")
        #expect(!secrets.hasUsed(log))
        var connection = TLSConnection(secrets: secrets)
        for (number, event) in recorded.events.enumerated() {
            _ = connection.feed(event.side, event.octets, origins: Recorded.origins(number), lostBefore: 0)
        }
        #expect(secrets.hasUsed(log))
        #expect(log.entries.map { secrets.belongs($0) } == [true, false])
        #expect(connection.summary.sources == [TLSSecretSource(kind: .keyLog, file: "a.log", line: 1)])
    }
}
