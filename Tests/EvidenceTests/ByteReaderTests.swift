import Evidence
import TestSupport
import Testing

@Suite struct ByteReaderTests {
    @Test func readsBigEndianAndAdvances() throws {
        let octets: [UInt8] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15]
        var reader = ByteReader(octets.span.bytes)
        #expect(try reader.u8() == 0x01)
        #expect(try reader.u16() == 0x0203)
        #expect(try reader.u32() == 0x0405_0607)
        #expect(try reader.u64() == 0x0809_0A0B_0C0D_0E0F)
        let atEnd = reader.isAtEnd
        #expect(atEnd)
    }

    @Test func aFailedReadLeavesTheCursorWhereItWas() throws {
        let octets: [UInt8] = [1, 2, 3]
        var reader = ByteReader(octets.span.bytes)
        try reader.skip(1)
        #expect(throws: ShortRead(offset: 1, needed: 4)) { try Self.read32(octets, after: 1) }
        #expect(throws: ShortRead(offset: 1, needed: 8)) { try Self.read64(octets, after: 1) }
        do {
            _ = try reader.u32()
            Issue.record("a read beyond the end succeeded")
        } catch {}
        let position = reader.position
        #expect(position == 1)
        #expect(try reader.u16() == 0x0203)
    }

    @Test(arguments: 0..<8) func everyReadIsRefusedOneOctetShort(length: Int) {
        let octets = [UInt8](repeating: 0xFF, count: length)
        #expect(throws: ShortRead(offset: 0, needed: length + 1)) { try Self.take(octets, length + 1) }
        if length < 1 { #expect(throws: ShortRead.self) { try Self.read8(octets) } }
        if length < 4 { #expect(throws: ShortRead.self) { try Self.read32(octets, after: 0) } }
        if length < 8 { #expect(throws: ShortRead.self) { try Self.read64(octets, after: 0) } }
    }

    @Test(arguments: [-1, Int.min, Int.max]) func absurdCountsAreRefused(count: Int) {
        #expect(throws: ShortRead.self) { try Self.take([1, 2, 3], count) }
        #expect(throws: ShortRead.self) { try Self.skip([1, 2, 3], count) }
    }

    @Test func copiesTheNextOctets() throws {
        let octets: [UInt8] = [1, 2, 3, 4]
        var reader = ByteReader(octets.span.bytes)
        try reader.skip(1)
        #expect(try reader.array(2) == [2, 3])
        #expect(try reader.array(0) == [])
        let remaining = reader.remaining
        #expect(remaining == 1)
    }

    @Test func spanHelpersReadBothByteOrdersUnaligned() {
        let octets: [UInt8] = [0, 0x12, 0x34, 0x56, 0x78, 0x9A, 0xBC, 0xDE, 0xF0]
        let span = octets.span.bytes
        #expect(span.be16(1) == 0x1234)
        #expect(span.le16(1) == 0x3412)
        #expect(span.be32(1) == 0x1234_5678)
        #expect(span.le32(1) == 0x7856_3412)
        #expect(span.be64(1) == 0x1234_5678_9ABC_DEF0)
        #expect(span.array(1..<3) == [0x12, 0x34])
        #expect(span.array == octets)
    }

    @Test func randomReadsNeverPassTheEnd() {
        var random = SeededRandom(seed: 0xB17E)
        for _ in 0..<2000 {
            let octets = random.bytes(Int.random(in: 0...24, using: &random))
            var reader = ByteReader(octets.span.bytes)
            for _ in 0..<8 {
                let before = reader.position
                let kind = Int.random(in: 0...4, using: &random)
                let width = [1, 2, 4, 8, Int.random(in: 0...9, using: &random)][kind]
                var failed = false
                do {
                    switch kind {
                    case 0: _ = try reader.u8()
                    case 1: _ = try reader.u16()
                    case 2: _ = try reader.u32()
                    case 3: _ = try reader.u64()
                    default: _ = try reader.array(width)
                    }
                } catch { failed = true }
                let after = reader.position
                #expect(after == (failed ? before : before + width), "seed \(random.seed)")
                #expect(failed == (before + width > octets.count), "seed \(random.seed)")
            }
        }
    }

    @Test func faultsAreEqualByCodeAndPlace() {
        let fault = ParseFault(code: "udp.short", offset: 4, reason: "one wording")
        #expect(fault == ParseFault(code: "udp.short", offset: 4, reason: "another"))
        #expect(fault != ParseFault(code: "udp.short", offset: 5, reason: "one wording"))
        #expect(fault != ParseFault(code: "udp.long", offset: 4, reason: "one wording"))
    }

    private static func read8(_ octets: [UInt8]) throws {
        var reader = ByteReader(octets.span.bytes)
        _ = try reader.u8()
    }

    private static func read32(_ octets: [UInt8], after skipped: Int) throws {
        var reader = ByteReader(octets.span.bytes)
        try reader.skip(skipped)
        _ = try reader.u32()
    }

    private static func read64(_ octets: [UInt8], after skipped: Int) throws {
        var reader = ByteReader(octets.span.bytes)
        try reader.skip(skipped)
        _ = try reader.u64()
    }

    private static func take(_ octets: [UInt8], _ count: Int) throws {
        var reader = ByteReader(octets.span.bytes)
        _ = try reader.array(count)
    }

    private static func skip(_ octets: [UInt8], _ count: Int) throws {
        var reader = ByteReader(octets.span.bytes)
        try reader.skip(count)
    }
}
