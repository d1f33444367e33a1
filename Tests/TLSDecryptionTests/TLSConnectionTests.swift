import Evidence
import TLSDecryption
import TestSupport
import Testing

@Suite("TLS connections")
struct TLSConnectionTests {
    static let all = [
        "tls10-cbc", "tls11-cbc", "tls12-aria", "tls12-camellia", "tls12-cbc-noetm", "tls12-cbcsha", "tls12-cbcsha384", "tls12-ccm", "tls12-ccm8",
        "tls12-chacha", "tls12-gcm128", "tls12-gcm256", "tls12-null", "tls12-rsa", "tls13-aes128", "tls13-aes256", "tls13-ccm", "tls13-ccm8",
        "tls13-chacha", "tls13-keyupdate", "tls13-retry", "tls12-cbcsha256", "tls13-client-certificate",
    ]
    /// GnuTLS still has what OpenSSL left out: 3DES and RC4. Its server echoes.
    static let gnuTLS = [
        "gnutls10-3des", "gnutls11-cbc-etm", "gnutls11-rc4-sha", "gnutls12-3des-etm", "gnutls12-ccm", "gnutls12-no-ems",
        "gnutls12-null", "gnutls12-rc4-md5", "gnutls13-chacha",
    ]

    @Test(arguments: all)
    func `A recorded connection opens with its key log`(name: String) throws {
        let recorded = try Recorded(name)
        let (clear, faults) = Recorded.open(recorded.events, recorded.secrets)
        #expect(clear.text(.forward).hasPrefix("hello one\nhello two\n"))
        #expect(clear.text(.backward).hasPrefix("eno olleh\n"))
        #expect(faults.isEmpty, "\(faults.map(\.message))")
    }

    @Test(arguments: gnuTLS)
    func `What GnuTLS sent opens with its key log`(name: String) throws {
        let recorded = try Recorded(name)
        let (clear, faults) = Recorded.open(recorded.events, recorded.secrets)
        #expect(clear.text(.forward) == "hello one\nhello two\n")
        #expect(clear.text(.backward) == "hello one\nhello two\n")
        #expect(faults.isEmpty, "\(faults.map(\.message))")
    }

    @Test func `A cipher that libcrypto does not have is named`() throws {
        let recorded = try Recorded("gnutls12-camellia-gcm")
        let (clear, faults) = Recorded.open(recorded.events, recorded.secrets)
        #expect(clear.isEmpty)
        #expect(faults.map(\.rule) == [.tls008], "\(faults.map(\.message))")
    }

    @Test(arguments: ["gnutls10-3des", "gnutls11-rc4-sha", "gnutls12-rc4-md5", "gnutls12-null", "gnutls12-ccm", "gnutls12-no-ems"])
    func `RSA key transport of GnuTLS opens with the private key`(name: String) throws {
        let secrets = TLSSecrets()
        secrets.add(try RSAPrivateKey(pem: Recorded.file("rsa.pem")))
        #expect(Recorded.open(try Recorded(name).events, secrets).clear.text(.forward) == "hello one\nhello two\n")
    }

    @Test func `Renegotiation goes on under the new keys`() throws {
        let recorded = try Recorded("tls12-renegotiation")
        let (clear, faults) = Recorded.open(recorded.events, recorded.secrets)
        #expect(clear.text(.forward).hasPrefix("hello one\n"))
        #expect(faults.isEmpty, "\(faults.map(\.message))")
    }

    @Test(arguments: ["tls12-gcm128", "tls13-aes256", "tls13-retry"])
    func `Records split over segments of one octet give the same`(name: String) throws {
        let recorded = try Recorded(name)
        let split = recorded.events.flatMap { event in event.octets.map { (side: event.side, octets: [$0]) } }
        let (clear, _) = Recorded.open(split, recorded.secrets)
        #expect(clear.text(.forward).hasPrefix("hello one\nhello two\n"))
        let last = try #require(clear.last { $0.side == .forward && !$0.octets.isEmpty })
        // Every clear octet names the segment that carried its ciphertext.
        #expect(last.origins.origin(at: 1).frame == last.origins.origin(at: 0).frame + 1)
    }

    @Test func `An RSA private key opens key transport, extended master secret included`() throws {
        let recorded = try Recorded("tls12-rsa")
        let secrets = TLSSecrets()
        secrets.add(try RSAPrivateKey(pem: Recorded.file("rsa.pem")))
        #expect(Recorded.open(recorded.events, secrets).clear.text(.forward).hasPrefix("hello one\nhello two\n"))
        #expect(secrets.usedRSAKeys == 1)
    }

    @Test func `An RSA private key does not open forward secrecy, and it is said`() throws {
        let secrets = TLSSecrets()
        secrets.add(try RSAPrivateKey(pem: Recorded.file("rsa.pem")))
        for name in ["tls12-gcm128", "tls13-aes128"] {
            let (clear, faults) = Recorded.open(try Recorded(name).events, secrets)
            #expect(clear.isEmpty)
            #expect(faults.contains { $0.rule == .tls005 })
        }
    }

    @Test(arguments: ["rsa-encrypted.pem", "rsa-traditional.pem"])
    func `Encrypted private keys need their passphrase`(name: String) throws {
        let pem = try Recorded.file(name)
        #expect(throws: RSAPrivateKey.Fault.needsPassphrase) { try RSAPrivateKey(pem: pem) }
        #expect(throws: RSAPrivateKey.Fault.unreadable) { try RSAPrivateKey(pem: pem, passphrase: Array("wrong".utf8)) }
        #expect(throws: Never.self) { try RSAPrivateKey(pem: pem, passphrase: Array("secret".utf8)) }
    }

    @Test(arguments: all)
    func `With one bit of the secrets changed nothing comes out`(name: String) throws {
        var recorded = try Recorded(name)
        let lines = String(decoding: recorded.keyLog, as: UTF8.self).split(separator: "\n").map { $0.dropLast() + ($0.last == "0" ? "1" : "0") }
        recorded.keyLog = Array(lines.joined(separator: "\n").utf8)
        let (clear, faults) = Recorded.open(recorded.events, recorded.secrets)
        #expect(clear.isEmpty)
        #expect(faults.contains { $0.rule == .tls002 })
    }

    @Test func `Without a secret the finding names the client random`() throws {
        let recorded = try Recorded("tls13-aes128")
        let (clear, faults) = Recorded.open(recorded.events, TLSSecrets())
        #expect(clear.isEmpty)
        let random = try #require(String(decoding: recorded.keyLog, as: UTF8.self).split(separator: " ").dropFirst().first)
        #expect(faults.contains { $0.rule == .tls001 && $0.message.contains(random) && $0.message.contains("TLS_AES_128_GCM_SHA256") })
    }

    @Test func `Without the handshake it is said that it is missing`() throws {
        let recorded = try Recorded("tls12-gcm128")
        let (clear, faults) = Recorded.open(Array(recorded.events.suffix(4)), recorded.secrets)
        #expect(clear.isEmpty)
        #expect(faults.contains { $0.rule == .tls003 })
    }

    @Test(arguments: ["tls12-gcm128", "tls12-cbcsha", "tls12-chacha", "tls13-aes128", "tls13-chacha"])
    func `After lost segments the next records are found again, and the hole is told`(name: String) throws {
        let recorded = try Recorded(name)
        let (whole, _) = Recorded.open(recorded.events, recorded.secrets)
        let first = try #require(whole.first { $0.side == .forward })
        let lost = Int(first.origins.origin(at: 0).frame) - 1
        let (clear, _) = Recorded.open(recorded.events, recorded.secrets, lost: [lost])
        #expect(clear.text(.forward).hasPrefix("hello two\n"))
        #expect(try #require(clear.first { $0.side == .forward }).lostBefore > 0)
    }

    @Test func `Secrets that come after the packets open what waited`() throws {
        let recorded = try Recorded("tls13-aes128")
        // With no secret at all nothing would wait: the capture is then read once more when it turns out to hold some.
        let secrets = try Recorded("tls12-gcm128").secrets
        var connection = TLSConnection(secrets: secrets)
        let last = try #require(recorded.events.last)
        for (number, event) in recorded.events.dropLast().enumerated() {
            #expect(connection.feed(event.side, event.octets, origins: Recorded.origins(number), lostBefore: 0).isEmpty)
        }
        secrets.add(TLSKeyLog(parsing: recorded.keyLog))
        let clear = connection.feed(last.side, last.octets, origins: Recorded.origins(recorded.events.count - 1), lostBefore: 0)
        #expect(clear.text(.forward).hasPrefix("hello one\n"))
    }

    @Test(.timeLimit(.minutes(1))) func `Damaged connections neither crash nor yield what was not sent`() throws {
        var random = SeededRandom(seed: 20_261_123)
        for name in ["tls12-cbcsha", "tls12-rsa", "tls13-aes128", "tls13-retry"] {
            let recorded = try Recorded(name)
            for _ in 0..<60 {
                var events = recorded.events
                let victim = Int.random(in: events.indices, using: &random)
                switch Int.random(in: 0..<3, using: &random) {
                case 0: events[victim].octets = Array(events[victim].octets.prefix(Int.random(in: 0..<events[victim].octets.count, using: &random)))
                case 1: events[victim].octets[Int.random(in: events[victim].octets.indices, using: &random)] ^= UInt8.random(in: 1...255, using: &random)
                default: events[victim].octets = events[victim].octets.map { _ in UInt8.random(in: 0...255, using: &random) }
                }
                let text = Recorded.open(events, recorded.secrets).clear.text(.forward)
                #expect(["", "hello one\n", "hello two\n", "hello one\nhello two\n"].contains(text), "seed 20261123: \(name)")
            }
        }
    }

    @Test func `A key log's bad lines are counted by number, and unknown labels are none of them`() throws {
        let good = "CLIENT_RANDOM " + String(repeating: "ab", count: 32) + " " + String(repeating: "cd", count: 48)
        let text = "# comment\n\(good)\r\nCLIENT_RANDOM 12 34\nnonsense\nECH_SECRET " + String(repeating: "00", count: 32) + " 00\n\n\(good.dropLast())\n"
        let log = TLSKeyLog(parsing: Array(text.utf8))
        #expect(log.entries.count == 1)
        #expect(log.malformedLines == [3, 4, 7])
        #expect(log.unknown == 1)
    }
}
