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
        #expect(keys.path == path)
        #expect(exported(keys, key: key) == recorded.export)
        #expect(report.serverFingerprints["sha-256"] == recorded.fingerprint)
        #expect(report.clientFingerprints["sha-256"]?.count == 32)
    }

    @Test func `Copies and another order of datagrams change nothing`() throws {
        let recorded = try Recorded("dtls12-sha80")
        let doubled = recorded.events.flatMap { [$0, $0] }
        #expect(try #require(resolve(doubled, recorded.secrets).first?.keys.first).client.exposed.count == 30)
        #expect(resolve(doubled, recorded.secrets).count == 1)
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
