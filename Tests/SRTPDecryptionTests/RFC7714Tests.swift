import Evidence
import SRTPDecryption
import Testing

/// Vectors printed in RFC 7714 sections 16 (SRTP) and 17 (SRTCP): session keys are given, ROC is 0, the SRTCP index is 0x5D4.
struct RFC7714Tests {
    struct Vector: Sendable {
        let suite: SRTPSuite
        let keyOctets: Int
        let rtp, rtcp, authenticatedRTCP: String
    }

    static let clearRTCP =
        "81c8000d4d6172734e5450314e545032525450200000042a0000e9304c756e61deadbeefdeadbeefdeadbeefdeadbeefdeadbeef"
    static let clearPayload = "47616c6c696120657374206f6d6e69732064697669736120696e207061727465732074726573"

    static let vectors = [
        Vector(
            suite: .AEAD_AES_128_GCM, keyOctets: 16,
            rtp: "8040f17b8041f8d35501a0b2f24de3a3fb34de6cacba861c9d7e4bcabe633bd50d294e6f42a5f47a51c7d19b36de3adf8833899d7f27beb16a9152cf765ee4390cce",
            rtcp:
                "81c8000d4d61727363e94885dcdab67ca727d7662f6b7e997ff5c0f76c06f32dc676a5f1730d6fda4ce09b4686303ded0bb9275b"
                + "c84aa45896cf4d2fc5abf87245d9eade800005d4",
            authenticatedRTCP: clearRTCP + "841dd9683dd78ec92ae58790125f62b3000005d4"),
        Vector(
            suite: .AEAD_AES_256_GCM, keyOctets: 32,
            rtp: "8040f17b8041f8d35501a0b232b1de78a822fe12ef9f78fa332e33aab18012389a58e2f3b50b2a0276ffae0f1ba63799b87b7aa3db36dfffd6b0f9bb7878d7a76c13",
            rtcp:
                "81c8000d4d617273d50ae4d1f5ce5d304ba297e47d470c282c3ece5dbffe0a50a2eaa5c1110555be8415f658c61de0476f1b6fad"
                + "1d1eb30c4446839f57ff6f6cb26ac3be800005d4",
            authenticatedRTCP: clearRTCP + "91db4afbfeee5a978fab4393ed2615fe000005d4"),
    ]

    private func context(_ vector: Vector) throws -> SRTPContext {
        let keys = SRTPSessionKeys(
            encryption: SecretBytes((0..<vector.keyOctets).map { UInt8($0) }),
            salt: SecretBytes(try #require(Hex.decode("517569642070726f2071756f"))), authentication: SecretBytes([]))
        return try #require(SRTPContext(suite: vector.suite, rtp: keys, rtcp: keys))
    }

    @Test(arguments: vectors) func opensTheSRTPPacket(_ vector: Vector) throws {
        let packet = try #require(Hex.decode(vector.rtp))
        var out: [UInt8] = []
        #expect(try context(vector).take(packet, roc: 0, into: &out))
        #expect(Hex.encode(out) == Self.clearPayload)
        #expect(try !context(vector).take(packet, roc: 1, into: &out))
        #expect(out.isEmpty)
    }

    @Test(arguments: vectors) func opensTheSRTCPPacketEncryptedAndNot(_ vector: Vector) throws {
        var out: [UInt8] = []
        for text in [vector.rtcp, vector.authenticatedRTCP] {
            var packet = try #require(Hex.decode(text))
            #expect(try context(vector).takeRTCP(packet, into: &out) == 0x5D4)
            #expect(Hex.encode(out) == Self.clearRTCP)
            packet[20] ^= 1
            #expect(try context(vector).takeRTCP(packet, into: &out) == nil)
            #expect(out.isEmpty)
        }
    }
}
