import CaptureFormat
import Evidence
import TestSupport
import Testing

/// What a damaged file still gives, and what is said of the rest.
@Suite struct DamageTests {
    private static func packets(_ count: Int, _ random: inout SeededRandom) -> [TestPacket] {
        (0..<count).map { index in
            let octets = random.bytes(Int.random(in: 40...300, using: &random))
            return TestPacket(seconds: 1_700_000_000 + UInt32(index), fraction: UInt32(index), octets: octets, original: UInt32(octets.count))
        }
    }

    private static func pcapng(_ packets: [TestPacket], isBig: Bool) -> [UInt8] {
        var file = CaptureBuilder.section(isBig: isBig) + CaptureBuilder.interface(isBig: isBig)
        for packet in packets { file += CaptureBuilder.enhanced(packet.octets, ticks: UInt64(packet.seconds) * 1_000_000, isBig: isBig) }
        return file
    }

    /// RFC 1761.
    private static func snoop(_ packets: [TestPacket]) -> [UInt8] {
        var out = Octets(isBig: true)
        out.array = Array("snoop\u{0}\u{0}\u{0}".utf8)
        out.u32(2)
        out.u32(4)
        for packet in packets {
            let padding = (4 - packet.octets.count % 4) % 4
            out.u32(packet.original)
            out.u32(UInt32(packet.octets.count))
            out.u32(UInt32(24 + packet.octets.count + padding))
            out.u32(3)
            out.u32(packet.seconds)
            out.u32(packet.fraction)
            out.array += packet.octets + [UInt8](repeating: 0, count: padding)
        }
        return out.array
    }

    private static func file(_ format: CaptureParser.Format, _ packets: [TestPacket], isBig: Bool) -> [UInt8] {
        switch format {
        case .pcapng: pcapng(packets, isBig: isBig)
        case .snoop: snoop(packets)
        default: CaptureBuilder.pcap(packets, isBig: isBig)
        }
    }

    private static let formats: [CaptureParser.Format] = [.pcap, .pcapng, .snoop]

    @Test func snoopIsReadWithTimesLengthsAndDrops() {
        var random = SeededRandom(seed: 3)
        let packets = Self.packets(5, &random)
        let file = Self.snoop(packets)
        #expect(CaptureParser.sniff(file.span.bytes) == .snoop)
        for refill in [1, 4096] {
            let read = readAll(file, format: .snoop, refill: refill)
            #expect(read.frames.map(\.octets) == packets.map(\.octets))
            #expect(read.frames.map(\.linkType) == [1, 1, 1, 1, 1])
            #expect(read.frames[2].nanoseconds == 1_700_000_002_000_002_000)
            #expect(read.parser.interfaces.map(\.dropped) == [3])
            #expect(read.codes.isEmpty)
        }
    }

    @Test(arguments: formats, [false, true]) func aHoleOfZerosLosesOnlyWhatItCovers(format: CaptureParser.Format, isBig: Bool) {
        var random = SeededRandom(seed: 5)
        let packets = Self.packets(20, &random)
        var file = Self.file(format, packets, isBig: isBig)
        let whole = readAll(file, format: format, refill: file.count)
        #expect(whole.frames.count == 20)
        let hole = file.count / 3..<file.count / 3 + 700
        for index in hole { file[index] = 0 }
        let read = readAll(file, format: format, refill: file.count)
        #expect(read.codes.contains("CAP002"))
        #expect(read.frames.count >= 12 && read.frames.count < 20, "\(read.frames.count)")
        #expect(read.frames.last?.octets == packets.last?.octets)
        let split = readAll(file, format: format, refill: 37)
        #expect(split.frames == read.frames)
        #expect(split.parser.remarks == read.parser.remarks)
    }

    @Test(arguments: formats) func octetsThatAreMissingOrTooManyAreRecoveredFrom(format: CaptureParser.Format) {
        var random = SeededRandom(seed: 6)
        let packets = Self.packets(20, &random)
        let whole = Self.file(format, packets, isBig: false)
        for change in [-13, 5] {
            var file = whole
            let at = whole.count / 2
            if change < 0 { file.removeSubrange(at..<at - change) } else { file.insert(contentsOf: random.bytes(change), at: at) }
            let read = readAll(file, format: format, refill: 100)
            #expect(read.frames.count >= 18, "\(change): \(read.frames.count)")
            #expect(read.codes.contains("CAP002"))
            #expect(read.frames.last?.octets == packets.last?.octets)
        }
    }

    @Test(.timeLimit(.minutes(1)), arguments: formats) func noiseIsSearchedInLinearTime(format: CaptureParser.Format) {
        var random = SeededRandom(seed: 8)
        var file = Self.file(format, Self.packets(3, &random), isBig: false)
        // Not the same value everywhere: some of it looks like a length.
        file += (0..<400_000).map { $0 % 4 == 0 ? UInt8.random(in: 0...255, using: &random) : 0 }
        let read = readAll(file, format: format, refill: 70_000)
        #expect(read.frames.count >= 3)
        #expect(read.steps < 10_000)
    }

    @Test(arguments: formats) func cutsAndFlipsKeepEverythingBefore(format: CaptureParser.Format) {
        let seed = UInt64.random(in: 0 ... .max)
        var random = SeededRandom(seed: seed)
        let file = Self.file(format, Self.packets(60, &random), isBig: Bool.random(using: &random))
        let whole = readAll(file, format: format, refill: file.count)
        // Where each frame's record ends in the file.
        var ends: [Int] = []
        var at = format == .pcap ? 24 : format == .snoop ? 16 : CaptureBuilder.section().count + CaptureBuilder.interface().count
        let firstRecord = at
        for frame in whole.frames {
            switch format {
            case .pcapng: at += 32 + (frame.octets.count + 3) & ~3
            case .snoop: at += 24 + (frame.octets.count + 3) & ~3
            default: at += 16 + frame.octets.count
            }
            ends.append(at)
        }
        #expect(ends.last == file.count)
        let undamaged = Dictionary(uniqueKeysWithValues: whole.frames.map { ($0.nanoseconds, $0.octets) })
        for _ in 0..<500 {
            let cut = Int.random(in: 0...file.count, using: &random)
            let read = readAll(Array(file[..<cut]), format: format, refill: file.count)
            let before = ends.prefix { $0 <= cut }.count
            #expect(read.frames.prefix(before) == whole.frames.prefix(before), "seed \(seed), cut \(cut)")
        }
        for _ in 0..<2000 {
            var damaged = file
            let bit = Int.random(in: 0..<file.count * 8, using: &random)
            damaged[bit / 8] ^= 1 << UInt8(bit % 8)
            let read = readAll(damaged, format: format, refill: file.count)
            let before = bit / 8 < (ends.first ?? 0) - 1 ? 0 : ends.prefix { $0 <= bit / 8 }.count
            #expect(read.frames.prefix(before) == whole.frames.prefix(before), "seed \(seed), bit \(bit)")
            #expect(read.steps < .max, "seed \(seed), bit \(bit)")
            // A single wrong bit beyond the description of file and interface costs its frame, or that and the next; not the rest of the file.
            if bit / 8 >= firstRecord {
                let kept = read.frames.count { undamaged[$0.nanoseconds] == $0.octets }
                #expect(kept >= 58, "seed \(seed), bit \(bit)")
            }
        }
    }

    /// A wrong bit may make a record just so long that it ends where another begins.
    @Test func aWrongLengthThatEndsAtARecordByChanceHidesNoRecords() {
        var random = SeededRandom(seed: 10)
        let packets = (0..<20).map { TestPacket(seconds: 1_700_000_000 + $0, fraction: 0, octets: random.bytes(104), original: 104) }
        var file = Self.file(.snoop, packets, isBig: true)
        // Of records of 128 octets each the fourth is 1,024 octets longer than it is.
        file[16 + 3 * 128 + 10] ^= 4
        let read = readAll(file, format: .snoop, refill: file.count)
        #expect(read.frames.map(\.octets) == (packets[..<3] + packets[4...]).map(\.octets))
        #expect(read.codes == ["CAP002"])
        // The last one, longer than the rest of the file: by so much that it may be padding only, and by more.
        for octet in [11, 10] {
            var file = Self.file(.snoop, packets, isBig: true)
            file[16 + 19 * 128 + octet] ^= octet == 11 ? 0x40 : 4
            let read = readAll(file, format: .snoop, refill: file.count)
            #expect(read.frames.map(\.octets).starts(with: packets[..<19].map(\.octets)))
        }
    }

    @Test func aBlockWithAWrongLengthAtItsHeadIsReadByItsTail() {
        var random = SeededRandom(seed: 9)
        let packets = Self.packets(6, &random)
        for isBig in [false, true] {
            let file = Self.pcapng(packets, isBig: isBig)
            let whole = readAll(file, format: .pcapng, refill: file.count)
            let interface = CaptureBuilder.section(isBig: isBig).count
            let packet = interface + CaptureBuilder.interface(isBig: isBig).count
            // The interface's description, without which no packet has a link type, and the first packet: longer, shorter, beyond the end, no number.
            for start in [interface, packet] {
                for (octet, bit) in [(1, 0), (1, 6), (0, 2), (2, 7), (3, 7), (0, 0)] {
                    var damaged = file
                    damaged[start + 4 + (isBig ? 3 - octet : octet)] ^= 1 << UInt8(bit)
                    for refill in [64, file.count] {
                        let read = readAll(damaged, format: .pcapng, refill: refill)
                        #expect(read.frames == whole.frames, "octet \(octet), bit \(bit)")
                        #expect(read.codes == ["CAP002"])
                        #expect(read.parser.remarks.first?.message.contains("trailing length") == true)
                    }
                }
            }
        }
    }

    @Test func secretsOfAnotherKindAndCommentsAreKeptAndNamed() {
        var file = CaptureBuilder.section() + CaptureBuilder.interface()
        file += CaptureBuilder.block(10) {
            $0.u32(0x5747_4B4C)
            $0.u32(4)
            $0.array += [1, 2, 3, 4]
        }
        file += CaptureBuilder.block(6) {
            for value: UInt32 in [0, 0, 5, 4, 4] { $0.u32(value) }
            $0.array += [1, 2, 3, 4]
            CaptureBuilder.option(1, Array("look here".utf8), into: &$0)
            $0.u32(0)
        }
        let read = readAll(file, format: .pcapng, refill: 999)
        #expect(read.codes == ["CAP011", "CAP013"])
        #expect(read.parser.secrets.map(\.octets) == [[1, 2, 3, 4]])
        #expect(read.parser.remarks.map(\.message) == ["4 bytes of decryption secrets: a WireGuard key log", "frame 1: look here"])
    }
}
