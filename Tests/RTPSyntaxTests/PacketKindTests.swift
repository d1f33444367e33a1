import RTPSyntax
import Testing

struct PacketKindTests {
    @Test(arguments: [
        (UInt8(0), PacketKind.stun), (3, .stun), (4, .other), (15, .other), (16, .zrtp), (19, .zrtp), (20, .dtls), (63, .dtls), (64, .turnChannel),
        (79, .turnChannel), (80, .other), (127, .other), (128, .rtpOrRTCP), (191, .rtpOrRTCP), (192, .other), (255, .other),
    ])
    func theFirstOctetTellsTheProtocol(_ octet: UInt8, _ kind: PacketKind) { #expect(PacketKind.of(firstOctet: octet) == kind) }

    @Test func rtpAndRTCPAreToldApartByTheSecondOctet() {
        let report = rtcp(201, count: 0, be(7))
        #expect(isRTCP(report) && !isRTP(report + [UInt8](repeating: 0, count: 20)))
        for second in UInt8.min...UInt8.max {
            let packet = [0x80, second, 0, 1] + [UInt8](repeating: 1, count: 16)
            #expect(isRTCP(packet) == (192...223).contains(second), "\(second)")
            #expect(isRTP(packet) == !(192...223).contains(second), "\(second)")
        }
    }

    @Test func anRTCPLengthThatDoesNotFitIsNotRTCP() {
        #expect(!isRTCP([0x80, 200, 0, 6] + [UInt8](repeating: 0, count: 20)))
        #expect(isRTCP([0x80, 200, 0, 6] + [UInt8](repeating: 0, count: 24)))
        #expect(!isRTCP([0x80, 200, 0, 0]))
        #expect(!isRTCP([]))
        #expect(!isRTP([]))
    }
}
