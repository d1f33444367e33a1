import Evidence
import Testing

@Suite struct OriginTests {
    private static func time(_ second: Int) -> CaptureTime { CaptureTime(seconds: Double(second)) }

    /// Three packets: octets 0–9 from frame 5 at +54, 10–29 from frame 7 at +60, 30 on from frame 6 at +54.
    private static var map: OriginMap {
        var map = OriginMap(Origin(capture: 1, frame: 5, offset: 54), at: time(1))
        map.append(start: 10, origin: Origin(capture: 1, frame: 7, offset: 60), time: time(3))
        map.append(start: 30, origin: Origin(capture: 2, frame: 6, offset: 54), time: time(2))
        return map
    }

    @Test(arguments: [(0, 1, 5, 54), (9, 1, 5, 63), (10, 1, 7, 60), (29, 1, 7, 79), (30, 2, 6, 54), (1000, 2, 6, 1024)])
    func everyOctetKnowsItsFrame(offset: Int, capture: UInt32, frame: UInt32, inFrame: UInt32) {
        #expect(Self.map.origin(at: offset) == Origin(capture: capture, frame: frame, offset: inFrame))
    }

    @Test(arguments: [(0, 1), (9, 1), (10, 3), (30, 2)]) func everyOctetKnowsItsTime(offset: Int, second: Int) {
        #expect(Self.map.time(at: offset) == Self.time(second))
    }

    @Test(arguments: 0..<40) func droppingMovesTheMap(start: Int) {
        let rest = Self.map.dropping(start)
        for offset in 0..<20 {
            #expect(rest.origin(at: offset) == Self.map.origin(at: start + offset))
            #expect(rest.time(at: offset) == Self.map.time(at: start + offset))
        }
    }

    @Test func anEmptyMapKnowsNothing() {
        #expect(OriginMap().origin(at: 7) == Origin(capture: 0, frame: 0))
        #expect(OriginMap().time(at: 7) == .distantPast)
        #expect(OriginMap().dropping(3) == OriginMap())
    }

    @Test func originsSortByCaptureThenFrameThenOctet() {
        let sorted = [
            Origin(capture: 0, frame: 9, offset: 9), Origin(capture: 1, frame: 1, offset: 8), Origin(capture: 1, frame: 2, offset: 0),
            Origin(capture: 1, frame: 2, offset: 1),
        ]
        #expect(sorted.reversed().sorted() == sorted)
        #expect(sorted[0].advanced(by: 3).offset == 12)
        #expect(sorted[0].advanced(by: -3).offset == 9)
    }
}
