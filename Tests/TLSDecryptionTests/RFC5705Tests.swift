import Evidence
import TLSDecryption
import TestSupport
import Testing

/// Exported keying material (RFC 5705 section 4). The RFC has no vectors: these are of other implementations.
@Suite("RFC 5705")
struct RFC5705Tests {
    private static let master = [UInt8](repeating: 0x0C, count: 48)
    /// Client random, then server random.
    private static let seed = [UInt8](repeating: 0xA1, count: 32) + [UInt8](repeating: 0xB2, count: 32)

    /// `openssl kdf -kdfopt digest:SHA256 -kdfopt hexsecret:0c… -kdfopt hexseed:LABEL a1… b2… -keylen 60 TLS1-PRF`.
    @Test(arguments: [
        (false, "d553fae057cf9c77c5d4d449511d439f340f8f685f6d6af93fa65dc88e3287a0c997f467cbdcaaecf43fbaa7222b21a35f8dec5fef00c6eb8b177093"),
        (true, "0677d18343b92ea11024063e0e7ec1ba2ec6bbdb0b58b7046690732e8c4c9d470d1e56924d6ce1ca610bdd5b290bf0f793e2e4cd89f84474e2d860a8"),
    ])
    func `The keys of DTLS-SRTP are the PRF over label and both randoms`(isSHA384: Bool, expected: String) {
        let out = TLSKeySchedule.prf12(isSHA384: isSHA384, secret: Self.master, label: "EXTRACTOR-dtls_srtp", seed: Self.seed, count: 60)
        #expect(Hex.encode(out.exposed) == expected)
    }

    /// Of DTLS 1.0 with MD5 and SHA-1, DTLS 1.2 with SHA-256 and SHA-384, each by OpenSSL's `-keymatexport`, and of DTLS 1.3 by NSS.
    @Test(arguments: [("dtls10", 16), ("dtls12-sha80", 16), ("dtls12-gcm256", 32), ("dtls13-nss", 16)])
    func `What a recorded handshake exports is what its client exported`(name: String, key: Int) throws {
        let recorded = try Recorded(name)
        let path = NetworkPath(
            source: Endpoint(try #require(IPAddress("192.0.2.1")), 5000), destination: Endpoint(try #require(IPAddress("192.0.2.2")), 6000))
        var association = DTLSAssociation(path: path)
        for (number, event) in recorded.events.enumerated() {
            association.feed(
                event.octets, on: event.side == .forward ? path : path.reversed, time: CaptureTime(nanoseconds: Int64(number)),
                origin: Origin(capture: 0, frame: UInt32(number + 1)))
        }
        let keys = association.resolve(recorded.secrets).flatMap(\.keys)
        // RFC 5764 section 4.2: client key, server key, client salt, server salt.
        let blocks = keys.map { keys -> [UInt8] in
            let client = keys.client.exposed
            let server = keys.server.exposed
            return Array(client.prefix(key)) + Array(server.prefix(key)) + Array(client.dropFirst(key)) + Array(server.dropFirst(key))
        }
        #expect(blocks.contains(recorded.export))
        #expect(!recorded.export.isEmpty)
    }
}
