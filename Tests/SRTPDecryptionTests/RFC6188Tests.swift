import Evidence
import SRTPDecryption
import Testing

/// Vectors printed in RFC 6188 section 7.
struct RFC6188Tests {
    struct Derivation: Sendable {
        let suite: SRTPSuite
        let key, salt, encryption, sessionSalt, authentication: String
    }

    @Test(arguments: [
        Derivation(
            suite: .AES_256_CM_HMAC_SHA1_80, key: "f0f04914b513f2763a1b1fa130f10e2998f6f6e43e4309d1e622a0e332b9f1b6",
            salt: "3b04803de51ee7c96423ab5b78d2", encryption: "5ba1064e30ec51613cad926c5a28ef731ec7fb397f70a960653caf06554cd8c4",
            sessionSalt: "fa31791685ca444a9e07c6c64e93", authentication: "fd9c32d39ed5fbb5a9dc96b30818454d1313dc05"),
        Derivation(
            suite: .AES_192_CM_HMAC_SHA1_80, key: "73edc66c4fa15776fb57f9505c17136550ffda71f3e8e5f1",
            salt: "c8522f3acd4ce86d5add78edbb11", encryption: "31874736a8f1143870c26e4857d8a5b2c4a354407faadabb",
            sessionSalt: "2372b82d639b6d8503a47adc0a6c", authentication: "355b10973cd95b9eacf4061c7e1a7151e7cfbfcb"),
    ])
    func keyDerivationOfSections72And74(_ vector: Derivation) throws {
        let octets = try #require(Hex.decode(vector.key + vector.salt))
        let master = try #require(SRTPMasterKey(suite: vector.suite, keyAndSalt: octets))
        let keys = try #require(SRTPKeyDerivation.rtpKeys(of: master))
        #expect(Hex.encode(keys.encryption.exposed) == vector.encryption)
        #expect(Hex.encode(keys.salt.exposed) == vector.sessionSalt)
        #expect(Hex.encode(keys.authentication.exposed) == vector.authentication)
    }

    /// The values that libsrtp issue 763 reports for the master key of section 7.4.
    @Test func libsrtpsOwnDerivationForAES192() throws {
        let octets = try #require(Hex.decode("73edc66c4fa15776fb57f9505c17136550ffda71f3e8e5f1" + "c8522f3acd4ce86d5add78edbb11"))
        let master = try #require(SRTPMasterKey(suite: .AES_192_CM_HMAC_SHA1_80, keyAndSalt: octets))
        let keys = try #require(SRTPKeyDerivation.rtpKeys(of: master, by: .libsrtpAES192))
        #expect(Hex.encode(keys.encryption.exposed) == "7af9f9f2cb705d213cce5fa377b290a0183389701878e7d7")
        #expect(Hex.encode(keys.salt.exposed) == "2166ce644b08c8f855708bc2189e")
    }

    @Test(arguments: [
        (
            "57f82fe3613fd170a85ec93c40b1f0922ec4cb0dc025b58272147cc438944a98",
            "92bdd28a93c3f52511c677d08b5515a49da71b2378a854f67050756ded165bac63c4868b7096d88421b563b8c94c9a31"
        ),
        (
            "eab234764e517b2d3d160d587d8c86219740f65f99b6bcf7",
            "35096cba4610028dc1b57503804ce37c5de986291dcce161d5165ec4568f5c9a474a40c77894bc17180202272a4c264d"
        ),
    ])
    func counterModeKeystreamOfSections71And73(_ key: String, _ expected: String) throws {
        let octets = try #require(Hex.decode(key))
        let cipher = try #require(AESCounterMode(key: SecretBytes(octets)))
        #expect(Hex.encode(cipher.keystream(high: 0xF0F1_F2F3_F4F5_F6F7, low: 0xF8F9_FAFB_FCFD_0000, count: 48)) == expected)
    }
}
