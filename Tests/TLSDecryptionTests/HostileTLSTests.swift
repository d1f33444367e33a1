import Evidence
import TLSDecryption
import TestSupport
import Testing

/// Nothing that stands in a capture or a key log may crash, hang or grow without bound.
@Suite("Hostile TLS, DTLS and key logs")
struct HostileTLSTests {
    private static let said = ["hello one\n", "hello two\n", "eno olleh\n", "owt olleh\n", "early word\n", "server one\n", "server two\n"]

    @Test(.timeLimit(.minutes(1)), arguments: ["tls12-cbcsha256", "tls12-rsa-ticket", "tls13-0rtt", "gnutls11-rc4-sha"])
    func `A connection that ends at any octet yields no more than was said`(name: String) throws {
        let recorded = try Recorded(name)
        let events = recorded.later.first ?? recorded.events
        let secrets = recorded.secrets
        let whole = Recorded.open(events, secrets).clear
        for number in events.indices {
            for count in stride(from: 0, to: events[number].octets.count, by: events[number].octets.count > 200 ? 31 : 3) {
                let cut = Array(events[..<number]) + [(events[number].side, Array(events[number].octets.prefix(count)))]
                let clear = Recorded.open(cut, secrets).clear
                #expect(whole.text(.forward).hasPrefix(clear.text(.forward)))
                #expect(whole.text(.backward).hasPrefix(clear.text(.backward)))
            }
        }
    }

    @Test(.timeLimit(.minutes(1))) func `Random records after a real handshake open nothing`() throws {
        var random = SeededRandom(seed: 8446)
        let recorded = try Recorded("tls13-keyupdate-both")
        for round in 0..<100 {
            var events = recorded.events
            for _ in 0..<Int.random(in: 1...8, using: &random) {
                let length = Int.random(in: 0...300, using: &random)
                let type = UInt8.random(in: 18...26, using: &random)
                let version = UInt8.random(in: 0...5, using: &random)
                // Half of the time the length that the header claims is a lie.
                let claimed = Bool.random(using: &random) ? length : Int.random(in: 0...0xFFFF, using: &random)
                let body = (0..<length).map { _ in UInt8.random(in: 0...255, using: &random) }
                let record = [type, 3, version, UInt8(claimed >> 8), UInt8(claimed & 255)] + body
                events.insert((Bool.random(using: &random) ? .forward : .backward, record), at: Int.random(in: 0...events.count, using: &random))
            }
            for piece in Recorded.open(events, recorded.secrets).clear {
                #expect(Self.said.contains(String(decoding: piece.octets, as: UTF8.self)), "seed 8446, round \(round)")
            }
        }
    }

    @Test func `Octets that wait are bounded, whatever the other side withholds`() throws {
        var limits = Limits()
        limits.tlsPendingOctets = 10_000
        let recorded = try Recorded("tls13-aes128")
        // Only the client's side was captured: no ServerHello ever comes.
        var connection = TLSConnection(secrets: recorded.secrets, limits: limits)
        let record = [23, 3, 3, 0x10, 0] + [UInt8](repeating: 7, count: 4096)
        _ = connection.feed(.forward, try #require(recorded.events.first).octets, origins: Recorded.origins(0), lostBefore: 0)
        for number in 1..<10 { #expect(connection.feed(.forward, record, origins: Recorded.origins(number), lostBefore: 0).isEmpty) }
        #expect(connection.summary.unopenedOctets == 9 * record.count)
        #expect(connection.takeFaults().contains { $0.rule == .tls007 })
    }

    @Test func `A handshake message of a length that never comes is given up`() throws {
        let recorded = try Recorded("tls12-gcm128")
        var connection = TLSConnection(secrets: recorded.secrets)
        // A Certificate that claims 16 MiB, in records of 16 KiB.
        let first: [UInt8] = [22, 3, 3, 0x40, 0, 11, 0xFF, 0xFF, 0xFF] + [UInt8](repeating: 0, count: 16_380)
        for number in 0..<50 { #expect(connection.feed(.forward, first, origins: Recorded.origins(number), lostBefore: 0).isEmpty) }
        _ = connection.finish()
        #expect(connection.takeFaults().contains { $0.rule == .tls003 })
    }

    @Test(.timeLimit(.minutes(1)), arguments: ["dtls12-sha80", "dtls12-renegotiation", "dtls13-nss"])
    func `DTLS datagrams cut at any length or with any octet changed yield no other keys`(name: String) throws {
        let recorded = try Recorded(name)
        let path = NetworkPath(
            source: Endpoint(try #require(IPAddress("192.0.2.1")), 5000), destination: Endpoint(try #require(IPAddress("192.0.2.2")), 6000))
        let secrets = recorded.secrets
        func clients(_ events: [Recorded.Event]) -> Set<[UInt8]> {
            var association = DTLSAssociation(path: path)
            for (number, event) in events.enumerated() {
                association.feed(
                    event.octets, on: event.side == .forward ? path : path.reversed, time: CaptureTime(nanoseconds: Int64(number)),
                    origin: Origin(capture: 0, frame: UInt32(number + 1)))
            }
            return Set(association.resolve(secrets).flatMap(\.keys).map(\.client.exposed))
        }
        let right = clients(recorded.events)
        #expect(!right.isEmpty)
        var random = SeededRandom(seed: 9147)
        for (number, event) in recorded.events.enumerated() {
            for count in stride(from: 0, to: event.octets.count, by: 29) {
                var events = recorded.events
                events[number].octets = Array(event.octets.prefix(count))
                #expect(clients(events).isSubset(of: right))
                events[number].octets = event.octets
                // Behind the header and the length, where a change is not another handshake's Hello.
                events[number].octets[count] ^= UInt8.random(in: 1...255, using: &random)
                _ = clients(events)
            }
        }
    }

    @Test func `Handshakes and fragments of one DTLS path are bounded`() throws {
        let path = NetworkPath(
            source: Endpoint(try #require(IPAddress("192.0.2.1")), 5000), destination: Endpoint(try #require(IPAddress("192.0.2.2")), 6000))
        var association = DTLSAssociation(path: path)
        // ClientHello and ServerHello by turns, each with another random; then first fragments of messages that never end.
        for number in 0..<1000 {
            let random = (0..<32).map { UInt8(truncatingIfNeeded: number >> ($0 % 2 * 8)) }
            let client: [UInt8] = [0xFE, 0xFD] + random + [0, 0, 0, 2, 0xC0, 0x2F, 1, 0]
            let server: [UInt8] = [0xFE, 0xFD] + random + [0, 0xC0, 0x2F, 0]
            for (type, body, sent) in [(UInt8(1), client, path), (2, server, path.reversed)] {
                let message = [type, 0, 0, UInt8(body.count), 0, 0, 0, 0, 0, 0, 0, UInt8(body.count)] + body
                let record = [22, 0xFE, 0xFD, 0, 0, 0, 0, 0, 0, 0, 0, 0, UInt8(message.count)] + message
                association.feed(record, on: sent, time: CaptureTime(nanoseconds: 0), origin: Origin(capture: 0, frame: 1))
            }
            let endless: [UInt8] = [11, 3, 0xFF, 0xFF, UInt8(number >> 8), UInt8(number & 255), 0, 0, 0, 0, 0, 1, 0]
            association.feed(
                [22, 0xFE, 0xFD, 0, 0, 0, 0, 0, 0, 0, 0, 0, UInt8(endless.count)] + endless, on: path, time: CaptureTime(nanoseconds: 0),
                origin: Origin(capture: 0, frame: 1))
        }
        #expect(association.count == 64)
        #expect(association.resolve(TLSSecrets()).count == 64)
    }

    @Test(.timeLimit(.minutes(1))) func `Any octets are a key log: what is no line is counted and numbered`() throws {
        var random = SeededRandom(seed: 7525)
        for round in 0..<100 {
            let count = Int.random(in: 0...2000, using: &random)
            let octets = (0..<count).map { _ in Bool.random(using: &random) ? UInt8.random(in: 0...255, using: &random) : UInt8(ascii: "\n") }
            let log = TLSKeyLog(parsing: octets)
            #expect(log.entries.isEmpty, "seed 7525, round \(round)")
            #expect(log.malformedLines.count == min(log.malformed, 16))
            _ = TLSKeyLog.looksLikeKeyLog(octets)
        }
        let whole = try Recorded("tls13-psk").keyLog
        let lines = whole.split(separator: 0x0A).count
        for count in whole.indices {
            let log = TLSKeyLog(parsing: Array(whole[..<count]))
            let complete = whole[..<count].count { $0 == 0x0A }
            #expect(log.entries.count >= complete && log.entries.count <= min(complete + 1, lines))
        }
    }

    @Test func `Lines beyond the bound are counted, not kept; a line without end is refused`() throws {
        var limits = Limits()
        limits.keyLogEntries = 10
        let line = "CLIENT_RANDOM \(String(repeating: "ab", count: 32)) \(String(repeating: "cd", count: 48))\n"
        let log = TLSKeyLog(parsing: Array(String(repeating: line, count: 25).utf8), limits: limits)
        #expect(log.entries.count == 10 && log.beyond == 15)
        let endless = TLSKeyLog(parsing: Array(("CLIENT_RANDOM " + String(repeating: "a", count: 100_000)).utf8))
        #expect(endless.malformed == 1 && endless.malformedLines == [1])
        let labels = (0..<100).map { "LABEL_\($0) \(String(repeating: "ab", count: 32)) 00\n" }.joined()
        let unknown = TLSKeyLog(parsing: Array(labels.utf8))
        #expect(unknown.unknown == 100 && unknown.unknownLabels.count == 16)
    }

    @Test(.timeLimit(.minutes(1))) func `Any octets for a private key are refused, never believed`() throws {
        var random = SeededRandom(seed: 8017)
        let pem = try Recorded.file("rsa-traditional.pem")
        for _ in 0..<60 {
            var damaged = pem
            damaged[Int.random(in: damaged.indices, using: &random)] = UInt8.random(in: 0...255, using: &random)
            let key = try? RSAPrivateKey(pem: Array(damaged.prefix(Int.random(in: 0...damaged.count, using: &random))), passphrase: Array("wrong".utf8))
            #expect(key == nil, "seed 8017")
        }
    }
}
