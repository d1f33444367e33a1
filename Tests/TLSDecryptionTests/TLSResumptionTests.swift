import Evidence
import TLSDecryption
import Testing

@Suite("TLS resumption, early data, renegotiation and key updates")
struct TLSResumptionTests {
    private static func rsaKey() throws -> TLSSecrets {
        let secrets = TLSSecrets()
        secrets.add(try RSAPrivateKey(pem: Recorded.file("rsa.pem")))
        return secrets
    }

    @Test(arguments: ["tls12-ticket", "tls12-sessionid", "tls12-rsa-ticket", "tls12-rsa-sessionid", "tls13-psk"])
    func `Both the connection and the one that resumes it open with the key log`(name: String) throws {
        let recorded = try Recorded(name)
        #expect(recorded.later.count == 1)
        for events in [recorded.events] + recorded.later {
            let (clear, faults) = Recorded.open(events, recorded.secrets)
            #expect(clear.text(.forward) == "hello one\nhello two\n")
            #expect(clear.text(.backward) == "eno olleh\nowt olleh\n")
            #expect(faults.isEmpty, "\(faults.map(\.message))")
        }
    }

    /// The resumed handshake sends no premaster secret: its master secret is that of the first, which only the first one's records hold.
    @Test(arguments: ["tls12-rsa-ticket", "tls12-rsa-sessionid"])
    func `The private key opens a resumed connection when the first one is in the capture`(name: String) throws {
        let recorded = try Recorded(name)
        let secrets = try Self.rsaKey()
        #expect(Recorded.open(recorded.events, secrets).clear.text(.forward) == "hello one\nhello two\n")
        #expect(Recorded.open(recorded.later[0], secrets).clear.text(.forward) == "hello one\nhello two\n")
    }

    @Test(arguments: ["tls12-rsa-ticket", "tls12-rsa-sessionid"])
    func `A resumed connection alone stays closed to the private key, and it is said`(name: String) throws {
        let (clear, faults) = Recorded.open(try Recorded(name).later[0], try Self.rsaKey())
        #expect(clear.isEmpty)
        #expect(faults.contains { $0.message.contains("resumes") }, "\(faults.map(\.message))")
    }

    @Test func `Early data opens under its own secret, before the server's answer`() throws {
        let recorded = try Recorded("tls13-0rtt")
        let (clear, faults) = Recorded.open(recorded.later[0], recorded.secrets)
        #expect(clear.text(.forward) == "early word\nhello one\nhello two\n")
        #expect(faults.isEmpty, "\(faults.map(\.message))")
    }

    @Test func `Early data that the server refused is passed over, the rest opens`() throws {
        let recorded = try Recorded("tls13-0rtt-refused")
        let (clear, faults) = Recorded.open(recorded.later[0], recorded.secrets)
        #expect(clear.text(.forward).hasSuffix("hello one\nhello two\n"))
        #expect(faults.isEmpty, "\(faults.map(\.message))")
    }

    @Test func `Without the early secret only early data stays closed`() throws {
        var recorded = try Recorded("tls13-0rtt")
        let lines = String(decoding: recorded.keyLog, as: UTF8.self).split(separator: "\n").filter { !$0.hasPrefix("CLIENT_EARLY") }
        recorded.keyLog = Array(lines.joined(separator: "\n").utf8)
        #expect(Recorded.open(recorded.later[0], recorded.secrets).clear.text(.forward) == "hello one\nhello two\n")
    }

    @Test func `Key updates of both directions are followed`() throws {
        let recorded = try Recorded("tls13-keyupdate-both")
        let (clear, faults) = Recorded.open(recorded.events, recorded.secrets)
        #expect(clear.text(.forward) == "hello one\nhello two\n")
        #expect(clear.text(.backward) == "server one\nserver two\n")
        #expect(faults.isEmpty, "\(faults.map(\.message))")
    }

    @Test func `Three handshakes on one connection each bring their keys`() throws {
        let recorded = try Recorded("tls12-renegotiated-twice")
        let (clear, faults) = Recorded.open(recorded.events, recorded.secrets)
        #expect(clear.text(.forward) == "hello one\nhello two\n")
        #expect(faults.isEmpty, "\(faults.map(\.message))")
    }
}
