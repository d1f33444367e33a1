import Evidence
import SRTPDecryption
import Testing

/// Where the twelve octets of an AEAD salt go in the key derivation: to the left, as deployed code has it. Values computed apart from this code.
struct AEADKeyDerivationTests {
    @Test func a128BitKey() throws {
        let octets = try #require(Hex.decode("E1F97A0D3E018BE0D64FA32C06DE4139" + "0EC675AD498AFEEBB6960B3A"))
        let master = try #require(SRTPMasterKey(suite: .AEAD_AES_128_GCM, keyAndSalt: octets))
        let rtp = try #require(SRTPKeyDerivation.rtpKeys(of: master))
        let rtcp = try #require(SRTPKeyDerivation.rtcpKeys(of: master))
        #expect(Hex.encode(rtp.encryption.exposed) == "238c882f36f000301573e69383502d9d")
        #expect(Hex.encode(rtp.salt.exposed) == "f2fee04070fc3f65d706e2e4")
        #expect(Hex.encode(rtcp.encryption.exposed) == "8bd2cdf1fc9db302554e0fc9a5ccb4a6")
        #expect(Hex.encode(rtcp.salt.exposed) == "9bb741139a5207f61f898db2")
        #expect(rtp.authentication.count == 0)
    }

    @Test func a256BitKey() throws {
        let master = try #require(SRTPMasterKey(suite: .AEAD_AES_256_GCM, keyAndSalt: (0..<44).map { UInt8($0) }))
        let rtp = try #require(SRTPKeyDerivation.rtpKeys(of: master))
        #expect(Hex.encode(rtp.encryption.exposed) == "d6e17800ad5c13fd552a16c5c144ebcd9ea2c4d833e6356bebf2973f7e7189e2")
        #expect(Hex.encode(rtp.salt.exposed) == "2acfd7d9ff1e6d2eb1aa3773")
    }
}
