import SRTPDecryption
import Testing

struct SRTPSuiteTests {
    @Test func namesAreReadInAnyCaseAndTheDraftSpelling() {
        for suite in SRTPSuite.allCases { #expect(SRTPSuite(sdesName: suite.rawValue.lowercased()) == suite) }
        #expect(SRTPSuite(sdesName: "AES_CM_256_HMAC_SHA1_80") == .AES_256_CM_HMAC_SHA1_80)
        #expect(SRTPSuite(sdesName: "aes_cm_256_hmac_sha1_32") == .AES_256_CM_HMAC_SHA1_32)
        #expect(SRTPSuite(sdesName: "F8_128_HMAC_SHA1_80") == nil)
        #expect(SRTPSuite(sdesName: "") == nil)
    }

    @Test(arguments: [
        (SRTPSuite.AES_CM_128_HMAC_SHA1_80, 30, 10, 10), (.AES_CM_128_HMAC_SHA1_32, 30, 4, 10), (.AES_192_CM_HMAC_SHA1_80, 38, 10, 10),
        (.AES_192_CM_HMAC_SHA1_32, 38, 4, 10), (.AES_256_CM_HMAC_SHA1_80, 46, 10, 10), (.AES_256_CM_HMAC_SHA1_32, 46, 4, 10),
        (.AEAD_AES_128_GCM, 28, 16, 16), (.AEAD_AES_256_GCM, 44, 16, 16),
    ])
    func lengthsAreThoseOfTheRFCs(_ suite: SRTPSuite, _ total: Int, _ tag: Int, _ rtcpTag: Int) {
        #expect(suite.keyLength + suite.saltLength == total)
        #expect(suite.tagLength == tag)
        #expect(suite.rtcpTagLength == rtcpTag)
        #expect(SRTPMasterKey(suite: suite, keyAndSalt: [UInt8](repeating: 1, count: total)) != nil)
        #expect(SRTPMasterKey(suite: suite, keyAndSalt: [UInt8](repeating: 1, count: total - 1)) == nil)
        #expect(SRTPMasterKey(suite: suite, keyAndSalt: [UInt8](repeating: 1, count: total + 1)) == nil)
    }

    @Test func aKeyPrintsAsItsHashOnly() throws {
        let key = try #require(SRTPMasterKey(suite: .AES_CM_128_HMAC_SHA1_80, keyAndSalt: [UInt8](repeating: 0x41, count: 30)))
        // SHA-256 of thirty letters A begins so.
        #expect(key.identifier == "37b9403c")
        #expect("\(key)" == "AES_CM_128_HMAC_SHA1_80 key #37b9403c")
        #expect(!"\(key)".contains("4141"))
        #expect(try masterKey(.AEAD_AES_128_GCM, seed: 5) == masterKey(.AEAD_AES_128_GCM, seed: 5))
        #expect(try masterKey(.AEAD_AES_128_GCM, seed: 5) != masterKey(.AEAD_AES_128_GCM, seed: 6))
    }
}
