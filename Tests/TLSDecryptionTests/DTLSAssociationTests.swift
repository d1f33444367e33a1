import Evidence
import TLSDecryption
import TestSupport
import Testing

@Suite("DTLS-SRTP")
struct DTLSAssociationTests {
    private let path: NetworkPath

    init() throws {
        let client = try #require(IPAddress("192.0.2.1"))
        path = NetworkPath(source: Endpoint(client, 5000), destination: Endpoint(try #require(IPAddress("192.0.2.2")), 6000))
    }

    private func resolve(_ events: [(side: TLSSide, octets: [UInt8])], _ secrets: TLSSecrets) -> [DTLSReport] {
        var association = DTLSAssociation(path: path)
        for (number, event) in events.enumerated() {
            association.feed(
                event.octets, on: event.side == .forward ? path : path.reversed, time: CaptureTime(nanoseconds: Int64(number)),
                origin: Origin(capture: 0, frame: UInt32(number + 1)))
        }
        return association.resolve(secrets)
    }

    /// The exporter's octets as OpenSSL's client printed them, in the order of RFC 5764 section 4.2.
    private func exported(_ keys: DTLSExport, key: Int) -> [UInt8] {
        let client = keys.client.exposed
        let server = keys.server.exposed
        return Array(client.prefix(key)) + Array(server.prefix(key)) + Array(client.dropFirst(key)) + Array(server.dropFirst(key))
    }

    @Test(arguments: [
        ("dtls12-sha80", "AES_CM_128_HMAC_SHA1_80", 16), ("dtls12-gcm256", "AEAD_AES_256_GCM", 32), ("dtls12-rsa", "AES_CM_128_HMAC_SHA1_32", 16),
    ])
    func `The keys are those that OpenSSL exports`(name: String, suite: String, key: Int) throws {
        let recorded = try Recorded(name)
        let report = try #require(resolve(recorded.events, recorded.secrets).first)
        let keys = try #require(report.keys.first)
        #expect(report.keys.count == 1)
        #expect(keys.suite == suite)
        #expect(report.profiles == [suite])
        #expect(resolve(recorded.events, TLSSecrets()).map(\.profiles) == [[suite]], "the choice is in clear: no key is needed to name it")
        #expect(keys.path == path)
        #expect(exported(keys, key: key) == recorded.export)
        #expect(report.serverFingerprints["sha-256"] == recorded.fingerprint)
        #expect(report.clientFingerprints["sha-256"]?.count == 32)
    }

    /// NSS's own export is the reference, so that the prefix of the labels in DTLS 1.3 (RFC 9147 section 5.9) is settled by a browser's library.
    @Test func `DTLS 1.3 gives the keys that NSS exports, from the exporter secret`() throws {
        let recorded = try Recorded("dtls13-nss")
        let report = try #require(resolve(recorded.events, recorded.secrets).first)
        #expect(report.label.hasPrefix("DTLS 1.3"))
        let right = report.keys.filter { exported($0, key: 16) == recorded.export }
        #expect(right.count == 1)
        #expect(right.allSatisfy { $0.suite == "AES_CM_128_HMAC_SHA1_80" && $0.path == path })
        // The profile is agreed under encryption: all that was offered are candidates, and authentication of SRTP chooses.
        #expect(report.keys.allSatisfy { $0.isCandidate })
    }

    @Test(arguments: ["dtls12-sha80", "dtls12-rsa", "dtls12-gcm256"])
    func `Flights sent again give the same keys once`(name: String) throws {
        let recorded = try Recorded(name)
        let expected = try #require(resolve(recorded.events, recorded.secrets).first?.keys.first)
        for events in [recorded.events.flatMap { [$0, $0] }, Self.flights(recorded.events).flatMap { $0 + $0 }] {
            let reports = resolve(events, recorded.secrets)
            #expect(reports.count == 1)
            #expect(reports.first?.keys.first?.client.isEqual(to: expected.client) == true)
        }
    }

    @Test(arguments: ["dtls12-sha80", "dtls12-rsa", "dtls12-gcm256"])
    func `The datagrams of a flight may come in any order`(name: String) throws {
        let recorded = try Recorded(name)
        let expected = try #require(resolve(recorded.events, recorded.secrets).first?.keys.first)
        var random = SeededRandom(seed: 5764)
        for round in 0..<20 {
            let events = Self.flights(recorded.events).flatMap { $0.shuffled(using: &random) }
            let keys = resolve(events, recorded.secrets).first?.keys.first
            #expect(keys?.client.isEqual(to: expected.client) == true, "seed 5764, round \(round)")
        }
    }

    @Test(arguments: ["dtls12-sha80", "dtls12-rsa", "dtls12-gcm256"], [1, 7, 100])
    func `Fragments of any size, in any order and overlapping, are put together`(name: String, size: Int) throws {
        let recorded = try Recorded(name)
        let expected = try #require(resolve(recorded.events, recorded.secrets).first?.keys.first)
        let events = recorded.events.flatMap { event in Self.fragmented(event.octets, size).reversed().map { (side: event.side, octets: $0) } }
        #expect(events.count > recorded.events.count)
        let keys = resolve(events, recorded.secrets).first?.keys.first
        #expect(keys?.client.isEqual(to: expected.client) == true)
        #expect(keys?.server.isEqual(to: expected.server) == true)
    }

    @Test func `Each renegotiation on the same path brings other keys`() throws {
        let recorded = try Recorded("dtls12-renegotiation")
        let reports = resolve(recorded.events, recorded.secrets)
        #expect(reports.count == 3)
        let keys = reports.compactMap(\.keys.first)
        #expect(keys.count == 3)
        #expect(Set(keys.map(\.client.exposed)).count == 3)
        #expect(zip(keys, keys.dropFirst()).allSatisfy { $0.origin < $1.origin })
    }

    /// What one side sends in a row.
    private static func flights(_ events: [Recorded.Event]) -> [[Recorded.Event]] {
        var out: [[Recorded.Event]] = []
        for event in events {
            if let last = out.last?.last, last.side == event.side { out[out.count - 1].append(event) } else { out.append([event]) }
        }
        return out
    }

    /// The handshake messages of a datagram in fragments of `size` octets with one octet of overlap, each in a record and datagram of its own
    /// (RFC 6347 section 4.2.3); other records as they are.
    private static func fragmented(_ datagram: [UInt8], _ size: Int) -> [[UInt8]] {
        var out: [[UInt8]] = []
        var rest = datagram[...]
        while rest.count >= 13 {
            let head = Array(rest.prefix(13))
            let length = Int(head[11]) << 8 | Int(head[12])
            let body = Array(rest.dropFirst(13).prefix(length))
            rest = rest.dropFirst(13 + length)
            // Clear handshake records only: what is sealed cannot be cut.
            guard head[0] == 22, head[3] == 0, head[4] == 0, body.count >= 12 else {
                out.append(head + body)
                continue
            }
            let content = Array(body.dropFirst(12))
            var start = 0
            repeat {
                let part = content[start..<min(start + size + 1, content.count)]
                let place = [UInt8(start >> 16), UInt8(start >> 8 & 255), UInt8(start & 255), 0, UInt8(part.count >> 8), UInt8(part.count & 255)]
                let fragment = Array(body.prefix(6)) + place + part
                out.append(Array(head.prefix(11)) + [UInt8(fragment.count >> 8), UInt8(fragment.count & 255)] + fragment)
                start += size
            } while start < content.count
        }
        return out
    }

    @Test func `An RSA private key is enough for key transport`() throws {
        let recorded = try Recorded("dtls12-rsa")
        let secrets = TLSSecrets()
        secrets.add(try RSAPrivateKey(pem: Recorded.file("rsa.pem")))
        let keys = try #require(resolve(recorded.events, secrets).first?.keys.first)
        #expect(exported(keys, key: 16) == recorded.export)
    }

    @Test func `Without a secret the client random is named`() throws {
        let report = try #require(resolve(try Recorded("dtls12-sha80").events, TLSSecrets()).first)
        #expect(report.keys.isEmpty)
        #expect(report.missing?.rule == .tls001)
    }

    @Test(.timeLimit(.minutes(1))) func `Random and cut datagrams do no harm`() throws {
        var random = SeededRandom(seed: 7)
        let recorded = try Recorded("dtls12-sha80")
        for (number, event) in recorded.events.enumerated() {
            for count in 0..<event.octets.count where count % 7 == 0 {
                var events = recorded.events
                events[number].octets = Array(event.octets.prefix(count))
                #expect(resolve(events, recorded.secrets).count <= 1)
            }
        }
        for _ in 0..<200 {
            let octets = [22, 0xFE, 0xFD] + (0..<60).map { _ in UInt8.random(in: 0...255, using: &random) }
            #expect(resolve([(.forward, octets)], recorded.secrets).count <= 1)
        }
    }
}
