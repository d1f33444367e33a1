import Evidence
import Testing

@Suite struct RTPNumberTests {
    @Test(arguments: [
        (0, 0, 0), (1, 0, 1), (0, 1, -1), (0, 65_535, 1), (65_535, 0, -1), (10, 65_530, 16), (32_767, 0, 32_767), (32_768, 0, -32_768), (0, 32_768, -32_768),
    ]) func sequenceDistanceCrossesTheWrap(to: UInt16, from: UInt16, distance: Int) {
        #expect(SequenceNumber(to).distance(from: SequenceNumber(from)) == distance)
    }

    @Test(arguments: [(160, 0, 160), (0, UInt32.max, 1), (UInt32.max, 0, -1), (0x8000_0000, 0, -2_147_483_648), (80, 0xFFFF_FFB0, 160)])
    func timestampDistanceCrossesTheWrap(to: UInt32, from: UInt32, distance: Int) {
        #expect(RTPTimestamp(to).distance(from: RTPTimestamp(from)) == distance)
    }

    @Test func sourcesPrintEightDigits() {
        #expect(SSRC(0x2A).description == "0x0000002a")
        #expect(SSRC(.max).description == "0xffffffff")
    }

    @Test func payloadTypesAreSevenBits() {
        #expect(PayloadType(0x80 | 111) == PayloadType(111))
    }

    @Test(arguments: [(-1, false), (0, false), (1, true), (8000, true), (384_000, true), (384_001, false), (Int.max, false)])
    func aClockRateIsAUsableDivisor(hertz: Int, isRate: Bool) {
        #expect((ClockRate(hertz) != nil) == isRate)
    }
}
