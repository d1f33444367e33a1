import Evidence
import SRTPDecryption
import Testing

/// Vectors printed in RFC 3711 appendix B.
struct RFC3711Tests {
    @Test func keyDerivationOfAppendixB3() throws {
        let octets = try #require(Hex.decode("E1F97A0D3E018BE0D64FA32C06DE4139" + "0EC675AD498AFEEBB6960B3AABE6"))
        let master = try #require(SRTPMasterKey(suite: .AES_CM_128_HMAC_SHA1_80, keyAndSalt: octets))
        let keys = try #require(SRTPKeyDerivation.rtpKeys(of: master))
        #expect(Hex.encode(keys.encryption.exposed) == "c61e7a93744f39ee10734afe3ff7a087")
        #expect(Hex.encode(keys.salt.exposed) == "30cbbc08863d8c85d49db34a9ae1")
        // The appendix prints 94 octets of key stream for an authentication key; HMAC-SHA1 takes the first 20.
        #expect(Hex.encode(keys.authentication.exposed) == "cebe321f6ff7716b6fd4ab49af256a156d38baa4")
    }

    @Test func counterModeKeystreamOfAppendixB2() throws {
        let key = SecretBytes(try #require(Hex.decode("2B7E151628AED2A6ABF7158809CF4F3C")))
        let cipher = try #require(AESCounterMode(key: key))
        let stream = cipher.keystream(high: 0xF0F1_F2F3_F4F5_F6F7, low: 0xF8F9_FAFB_FCFD_0000, count: 65282 * 16)
        #expect(Hex.encode(stream.prefix(48)) == "e03ead0935c95e80e166b16dd92b4eb4d23513162b02d0f72a43a2fe4a5f97ab41e95b3bb0a2e8dd477901e4fca894c0")
        #expect(Hex.encode(stream.suffix(48)) == "ec8cdf7398607cb0f2d21675ea9ea1e4362b7c3c6773516318a077d7fc5073ae6a2cc3787889374fbeb4c81b17ba6c44")
    }
}
