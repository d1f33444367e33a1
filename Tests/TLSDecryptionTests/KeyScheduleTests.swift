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
}
