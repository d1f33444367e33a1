import Evidence
import RTPSyntax
import TestSupport
import Testing

struct SequenceAndPayloadTests {
    @Test func countsWrapsAndToleratesReordering() {
        var line = ExtendedSequence()
        #expect(line.highest == nil)
        let numbers: [(UInt16, Int64)] = [
            (65533, 65533), (65535, 65535), (65534, 65534), (1, 65537), (65532, 65532), (0, 65536), (40_000, 40_000), (30_000, 95_536), (60_000, 125_536),
            (5, 131_077),
        ]
        for (number, expected) in numbers {
            #expect(line.peek(SequenceNumber(number)) == expected)
            #expect(line.extend(SequenceNumber(number)) == expected)
        }
        #expect(line.highest == 131_077)
    }

    @Test func whatCameBeforeTheFirstIsNegative() {
        var line = ExtendedSequence()
        _ = line.extend(SequenceNumber(1))
        #expect(line.extend(SequenceNumber(65535)) == -1)
        #expect(line.highest == 1)
    }

    @Test func aJitteredLineOfManyWrapsIsFollowed() {
        var random = SeededRandom(seed: 11)
        var line = ExtendedSequence()
        var base: Int64 = 50_000
        _ = line.extend(SequenceNumber(UInt16(base)))
        for _ in 0..<10_000 {
            base += Int64.random(in: 1...60, using: &random)
            let late = max(50_000, base - Int64.random(in: 0...500, using: &random))
            #expect(line.extend(SequenceNumber(UInt16(truncatingIfNeeded: base))) == base, "seed \(random.seed)")
            #expect(line.extend(SequenceNumber(UInt16(truncatingIfNeeded: late))) == late, "seed \(random.seed)")
        }
    }

    @Test(arguments: [
        (UInt8(0), "PCMU", 8000, 1), (8, "PCMA", 8000, 1), (9, "G722", 8000, 1), (10, "L16", 44100, 2), (18, "G729", 8000, 1), (34, "H263", 90000, 1),
    ])
    func staticPayloadTypes(_ type: UInt8, _ encoding: String, _ hertz: Int, _ channels: Int) throws {
        let meaning = try #require(PayloadRegistry.meaning(of: PayloadType(type)))
        #expect(meaning.encoding == encoding && meaning.clockRate.hertz == hertz && meaning.channels == channels)
        #expect(meaning.standing == .assigned)
    }

    @Test func numbersWithoutAMeaningHaveNone() {
        #expect(PayloadRegistry.meaning(of: PayloadType(1)) == nil)
        #expect(PayloadRegistry.meaning(of: PayloadType(72)) == nil)
        #expect((96...127).allSatisfy { PayloadRegistry.meaning(of: PayloadType($0)) == nil && PayloadRegistry.isDynamic(PayloadType($0)) })
        #expect(PayloadRegistry.meaning(of: PayloadType(19))?.standing == .reserved)
        #expect(PayloadRegistry.all.count == 26)
    }
}
