import Evidence
import TLSDecryption
import Testing

@Suite("TLS key schedule")
struct KeyScheduleTests {
    /// The vectors that the TLS working group's list published for P_SHA256 and P_SHA384 ("test vectors for TLS 1.2 PRF").
    @Test func `PRF of TLS 1.2 with SHA-256 gives the published octets`() throws {
        let secret = try #require(Hex.decode("9bbe436ba940f017b17652849a71db35"))
        let seed = try #require(Hex.decode("a0ba9f936cda311827a6f796ffd5198c"))
        let out = TLSKeySchedule.prf12(isSHA384: false, secret: secret, label: "test label", seed: seed, count: 100)
        #expect(
            Hex.encode(out.exposed)
                == "e3f229ba727be17b8d122620557cd453c2aab21d07c3d495329b52d4e61edb5a6b301791e90d35c9c9a46b4e14baf9af0fa022f7077def17abfd3797c0564bab"
                + "4fbc91666e9def9b97fce34f796789baa48082d122ee42c5a72e5a5110fff70187347b66")
    }

    @Test func `PRF of TLS 1.2 with SHA-384 gives the published octets`() throws {
        let secret = try #require(Hex.decode("b80b733d6ceefcdc71566ea48e5567df"))
        let seed = try #require(Hex.decode("cd665cf6a8447dd6ff8b27555edb7465"))
        let out = TLSKeySchedule.prf12(isSHA384: true, secret: secret, label: "test label", seed: seed, count: 148)
        #expect(
            Hex.encode(out.exposed)
                == "7b0c18e9ced410ed1804f2cfa34a336a1c14dffb4900bb5fd7942107e81c83cde9ca0faa60be9fe34f82b1233c9146a0e534cb400fed2700884f9dc236f80edd"
                + "8bfa961144c9e8d792eca722a7b32fc3d416d473ebc2c5fd4abfdad05d9184259b5bf8cd4d90fa0d31e2dec479e4f1a26066f2eea9a69236a3e52655c9e9aee6"
                + "91c8f3a26854308d5eaa3be85e0990703d73e56f")
    }

    /// RFC 8448 section 3, "derive write traffic keys for handshake data".
    @Test(arguments: [
        ("b67b7d690cc16c4e75e54213cb2d37b4e9c912bcded9105d42befd59d391ad38", "3fce516009c21727d0f2e4e86ee403bc", "5d313eb2671276ee13000b30"),
        ("b3eddb126e067f35a780b3abf45e2d8f3b1a950738f52e9600746a0e27a55a21", "dbfaa693d1762c5b666af5d950258d01", "5bd3c71b836e0b76bb73265f"),
    ])
    func `Record keys of TLS 1.3 are those of RFC 8448`(secret: String, key: String, iv: String) throws {
        let keys = TLSKeySchedule.recordKeys13(secret: try #require(Hex.decode(secret)))
        #expect(Hex.encode(keys.key.exposed) == key)
        #expect(Hex.encode(keys.iv.exposed) == iv)
    }
}
