import Testing

@testable import RecordingRecords

@Suite struct OggPagesTests {
    @Test func theCheckIsThatOfRFC3533() {
        // CRC-32/CKSUM of "123456789" is 0x765E7680 and inverts its result.
        #expect(OggPages.check(Array("123456789".utf8)) == ~0x765E_7680)
    }

    @Test(arguments: [0, 1, 254, 255, 256, 510, 65_024, 65_025, 65_026, 200_000])
    func packetsOfEveryLengthAreLaced(length: Int) throws {
        var pages = OggPages(serial: 1)
        var out: [UInt8] = []
        let packet = (0..<length).map { UInt8(truncatingIfNeeded: $0 * 31) }
        pages.add(packet, granule: 5, into: &out)
        pages.flush(isLast: true, into: &out)
        var body: [UInt8] = []
        var at = 0
        var isOver = false
        while at < out.count {
            try #require(out.count - at >= 27 && out[at..<at + 4].elementsEqual("OggS".utf8))
            let segments = Int(out[at + 26])
            let lengths = out[at + 27..<at + 27 + segments].map(Int.init)
            #expect((out[at + 5] & 1 != 0) == (at > 0), "continued")
            let end = at + 27 + segments + lengths.reduce(0, +)
            body += out[at + 27 + segments..<end]
            isOver = (lengths.last ?? 0) < 255
            var zeroed = Array(out[at..<end])
            let check = (0..<4).reduce(UInt32(0)) { $0 | UInt32(zeroed[22 + $1]) << (8 * $1) }
            for index in 22..<26 { zeroed[index] = 0 }
            #expect(OggPages.check(zeroed) == check)
            at = end
        }
        let isEqual = body == packet
        #expect(isEqual && isOver)
    }
}
