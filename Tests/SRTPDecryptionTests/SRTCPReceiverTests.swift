import Evidence
import SRTPDecryption
import SRTPTestSupport
import TestSupport
import Testing

struct SRTCPReceiverTests {
    private let report: [UInt8] = [0x80, 201, 0, 1, 0x12, 0x34, 0x56, 0x78] + [0x81, 203, 0, 1, 0x12, 0x34, 0x56, 0x78]

    @Test(arguments: SRTPSuite.allCases, [nil, [0, 0, 0, 7]] as [[UInt8]?]) func copiesAreToldApart(_ suite: SRTPSuite, _ mki: [UInt8]?) throws {
        let sender = try Protector(suite, mki: mki)
        let receiver = SRTCPReceiver(keys: [try masterKey(suite, seed: 2, mki: mki), try masterKey(suite, mki: mki)])
        let packets = try (0..<4).map { _ in try sender.protectRTCP(report) }
        var out: [UInt8] = []
        // Out of order, then all again.
        for number in [1, 0, 3, 2] {
            #expect(receiver.outcome(packets[number], into: &out) == .opened(index: UInt32(number + 1)))
            #expect(out == report)
        }
        for packet in packets {
            #expect(receiver.outcome(packet, into: &out) == .duplicate)
            #expect(out.isEmpty)
        }
        #expect(receiver.authenticated == 4 && receiver.duplicates == 4 && receiver.failed == 0)
    }

    @Test func aForgedPacketLeavesNoState() throws {
        let suite = SRTPSuite.AES_CM_128_HMAC_SHA1_80
        let sender = try Protector(suite)
        let receiver = SRTCPReceiver(keys: [try masterKey(suite)])
        let packet = try sender.protectRTCP(report)
        var forged = packet
        forged[10] ^= 1
        var out: [UInt8] = []
        #expect(receiver.outcome(forged, into: &out) == .failed)
        #expect(receiver.outcome(packet, into: &out) == .opened(index: 1))
        #expect(receiver.failed == 1 && receiver.duplicates == 0)
    }

    /// The E flag stands in the packet and is authenticated: a packet in clear is opened as it is (RFC 3711 section 3.4).
    @Test func aKeyLearnedLaterOpensWhatFollows() throws {
        let suite = SRTPSuite.AEAD_AES_256_GCM
        let sender = try Protector(suite, seed: 4)
        let receiver = SRTCPReceiver(keys: [try masterKey(suite)])
        var out: [UInt8] = []
        #expect(receiver.outcome(try sender.protectRTCP(report), into: &out) == .failed)
        receiver.add(try masterKey(suite, seed: 4))
        #expect(receiver.outcome(try sender.protectRTCP(report), into: &out) == .opened(index: 2))
    }
}

struct SRTPSessionParameterTests {
    @Test(
        arguments: [
            (["UNENCRYPTED_SRTP"], [], [], false), (["UNENCRYPTED_SRTCP"], [], [], true), (["UNAUTHENTICATED_SRTP"], ["UNAUTHENTICATED_SRTP"], [], true),
            (["KDR=10"], ["KDR"], [], true), (["WSH=128", "FEC_ORDER=SRTP_FEC"], [], ["WSH", "FEC_ORDER"], true),
            (["FEC_KEY=inline:d0RmdmcmVCspeEc3QGZiNWpVLFJhQX1cfHAwJSoj"], [], ["FEC_KEY"], true), (["-OPTIONAL"], [], [], true),
            (["UNHEARD_OF=1"], ["UNHEARD_OF"], [], true),
        ] as [([String], [String], [String], Bool)])
    func everyParameterIsHonouredNotedOrRefused(_ text: [String], _ refused: [String], _ ignored: [String], _ encrypts: Bool) {
        let parameters = SRTPSessionParameters(text)
        #expect(parameters.refused == refused && parameters.ignored == ignored && parameters.encryptsRTP == encrypts)
        #expect(parameters.isSupported == refused.isEmpty)
        // No text form shows the key of the correction packets.
        #expect(!"\(parameters)".contains("d0Rmdm"))
    }
}
