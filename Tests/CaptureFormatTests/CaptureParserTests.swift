import CaptureFormat
import Evidence
import TestSupport
import Testing

@Suite struct CaptureParserTests {
    private let three = (0..<3).map { TestPacket(seconds: 10 + $0, fraction: 5, octets: [1, 2, 3, UInt8($0)], original: 90) }

    private var smallPcapng: [UInt8] {
        var file = CaptureBuilder.section()
        file += CaptureBuilder.interface(name: "eth0")
        for index in 0..<3 { file += CaptureBuilder.enhanced([1, 2, 3, 4, UInt8(index)], ticks: UInt64(index) * 1000, dropped: index == 1 ? 2 : nil) }
        file += CaptureBuilder.block(10) {
            $0.u32(DecryptionSecrets.tlsKeyLog)
            $0.u32(5)
            $0.array += Array("KEYS\n".utf8)
        }
        file += CaptureBuilder.block(5) {
            $0.u32(0)
            $0.u64(0)
            CaptureBuilder.option(5, [9, 0, 0, 0, 0, 0, 0, 0], into: &$0)
            $0.u32(0)
        }
        return file
    }

    @Test func emptyCaptureWithOnlyAHeaderEndsWithoutRemark() {
        let read = readAll(CaptureBuilder.pcap([]), format: .pcap, refill: 1)
        #expect(read.frames.isEmpty)
        #expect(read.codes.isEmpty)
    }

    @Test func pcapngKeepsSecretsNamesAndDrops() {
        let read = readAll(smallPcapng, format: .pcapng, refill: 64)
        #expect(read.frames.map(\.nanoseconds) == [0, 1_000_000, 2_000_000])
        #expect(read.parser.secrets.map(\.octets) == [Array("KEYS\n".utf8)])
        #expect(read.parser.secrets.map(\.type) == [0x544C_534B])
        #expect(read.parser.interfaces.map(\.name) == ["eth0"])
        #expect(read.parser.interfaces.map(\.dropped) == [9])
        #expect(read.codes.isEmpty)
    }

    @Test func sectionHeadersNameWhatWroteThem() {
        func section(_ program: String, _ system: String) -> [UInt8] {
            CaptureBuilder.block(0x0A0D_0D0A) {
                $0.u32(0x1A2B_3C4D)
                $0.u32(1)
                $0.u64(.max)
                CaptureBuilder.option(3, Array(system.utf8), into: &$0)
                CaptureBuilder.option(4, Array(program.utf8), into: &$0)
                $0.u32(0)
            }
        }
        let file = section("Dumpcap 4.0", "Linux 6.1") + section("mergecap", "Linux 6.1") + (0..<20).flatMap { section("tool \($0)", "") }
        let writers = readAll(file, format: .pcapng, refill: 5).parser.writers
        #expect(writers.programs == ["Dumpcap 4.0", "mergecap"] + (0..<6).map { "tool \($0)" })
        #expect(writers.systems == ["Linux 6.1"])
        #expect(writers.devices == [])
    }

    @Test func sectionsAndInterfacesDifferInByteOrderLinkTypeAndClock() {
        var file = CaptureBuilder.section()
        file += CaptureBuilder.interface(linkType: 1) + CaptureBuilder.interface(linkType: 101, resolution: 9, offset: 1)
        file += CaptureBuilder.enhanced([1], ticks: 5) + CaptureBuilder.enhanced([2], ticks: 5, interface: 1)
        file += CaptureBuilder.section(isBig: true) + CaptureBuilder.interface(linkType: 276, isBig: true)
        file += CaptureBuilder.enhanced([3], ticks: 1, isBig: true)
        let read = readAll(file, format: .pcapng, refill: 7)
        #expect(read.frames.map(\.linkType) == [1, 101, 276])
        #expect(read.frames.map(\.nanoseconds) == [5000, 1_000_000_005, 1000])
        #expect(read.frames.map(\.interface) == [0, 1, 2])
        #expect(read.frames.map(\.number) == [1, 2, 3])
    }

    @Test func packetOfAnUndeclaredInterfaceIsRemarkedCountedAndPassedOver() {
        var file = CaptureBuilder.section() + CaptureBuilder.interface()
        file += CaptureBuilder.enhanced([1], ticks: 0, interface: 7) + CaptureBuilder.enhanced([2], ticks: 0)
        let read = readAll(file, format: .pcapng, refill: 1000)
        #expect(read.frames.map(\.number) == [2])
        #expect(read.codes == ["CAP004"])
        #expect(read.parser.remarks[0].fileOffset == UInt64(CaptureBuilder.section().count + CaptureBuilder.interface().count))
    }

    @Test func impossibleRecordLengthIsPassedOverAndNamedWithItsOffset() {
        var file = CaptureBuilder.pcap(three)
        file.replaceSubrange(24 + 20 + 8..<24 + 20 + 12, with: [0xFF, 0xFF, 0xFF, 0xFF])
        for refill in [1, 4096] {
            let read = readAll(file, format: .pcap, refill: refill)
            #expect(read.frames.map(\.octets) == [three[0].octets, three[2].octets])
            #expect(read.codes == ["CAP002"])
            #expect(read.parser.remarks.first?.message.contains("20 bytes from 44 to 64") == true)
            #expect(read.parser.remarks.first?.fileOffset == 44)
            #expect(read.parser.remarks.first?.frame == 1)
        }
    }

    @Test(arguments: [0, 8, 11, 13, 30, 0x7FFF_FFFC, 0xFFFF_FFFF, (17 << 20)] as [UInt32])
    func impossibleBlockLengthNeverLoops(length: UInt32) {
        var file = CaptureBuilder.section() + CaptureBuilder.interface()
        var bad = Octets(isBig: false)
        bad.u32(6)
        bad.u32(length)
        file += bad.array + [UInt8](repeating: 0, count: 40)
        let read = readAll(file, format: .pcapng, refill: 8)
        #expect(read.codes == ["CAP002"])
        #expect(read.steps < 1000)
    }

    @Test func hugeBlockOfNoInterestIsPassedOverInPieces() {
        var file = CaptureBuilder.section() + CaptureBuilder.interface()
        file += CaptureBuilder.block(0x4000_0BAD) { $0.array = [UInt8](repeating: 7, count: 17 << 20) }
        file += CaptureBuilder.enhanced([1], ticks: 0)
        let read = readAll(file, format: .pcapng, refill: 1 << 20)
        #expect(read.frames.count == 1)
        #expect(read.codes.isEmpty)
    }

    @Test(arguments: [CaptureParser.Format.pcap, .pcapng])
    func truncationAtEveryLengthKeepsEarlierFramesAndSaysSo(format: CaptureParser.Format) {
        let file = format == .pcap ? CaptureBuilder.pcap(three) : smallPcapng
        let whole = readAll(file, format: format, refill: file.count)
        var before = 0
        for length in 0...file.count {
            let cut = readAll(Array(file[..<length]), format: format, refill: 4096)
            #expect(cut.frames == Array(whole.frames.prefix(cut.frames.count)))
            #expect(cut.frames.count >= before)
            before = cut.frames.count
            // Either the cut is between two records, or it is remarked.
            #expect(cut.codes == [] || cut.codes == ["CAP001"])
            let byOctet = readAll(Array(file[..<length]), format: format, refill: 1)
            #expect(byOctet.frames == cut.frames)
            #expect(byOctet.parser.remarks == cut.parser.remarks)
        }
        #expect(before == 3)
        #expect(readAll(Array(file.dropLast()), format: format, refill: 4096).codes == ["CAP001"])
    }

    @Test func bitFlipsNeverTrapAndReadTheSameInEverySplit() {
        var random = SeededRandom(seed: UInt64.random(in: 0...UInt64.max))
        for _ in 0..<1500 {
            let isPcap = Bool.random(using: &random)
            var file = isPcap ? CaptureBuilder.pcap(three, isBig: Bool.random(using: &random)) : smallPcapng
            for _ in 0..<Int.random(in: 1...6, using: &random) {
                file[Int.random(in: 0..<file.count, using: &random)] ^= 1 << UInt8.random(in: 0...7, using: &random)
            }
            let format: CaptureParser.Format = isPcap ? .pcap : .pcapng
            let whole = readAll(file, format: format, refill: file.count)
            let split = readAll(file, format: format, refill: Int.random(in: 1...50, using: &random))
            #expect(whole.frames == split.frames, "seed \(random.seed)")
            #expect(whole.parser.remarks == split.parser.remarks, "seed \(random.seed)")
            #expect(whole.steps < .max && split.steps < .max, "seed \(random.seed)")
        }
    }

    @Test func anyResolutionAndOffsetSaturatesInsteadOfTrapping() {
        for octet in UInt8.min...UInt8.max {
            for ticks in [0, 1, 1 << 32, UInt64.max] {
                let value = TimestampResolution(octet: octet).nanoseconds(ticks)
                #expect(value >= 0)
            }
        }
        #expect(TimestampResolution(octet: 0).nanoseconds(3) == 3_000_000_000)
        #expect(TimestampResolution(octet: 0).nanoseconds(.max) == .max)
        #expect(TimestampResolution(octet: 0x80).nanoseconds(3) == 3_000_000_000)
        #expect(TimestampResolution(octet: 0x81).nanoseconds(3) == 1_500_000_000)
        #expect(TimestampResolution(octet: 10).nanoseconds(39) == 3)
        #expect(TimestampResolution(octet: 0xC0).nanoseconds(1 << 63) == 500_000_000)
        for offset in [Int64.min, -1, Int64.max] {
            let file = CaptureBuilder.section() + CaptureBuilder.interface(resolution: 0, offset: offset) + CaptureBuilder.enhanced([1], ticks: .max)
            #expect(readAll(file, format: .pcapng, refill: 99).frames.count == 1)
        }
    }

    @Test func filesOfOtherKindsAreNotSniffedAndAreDescribed() {
        let kinds: [([UInt8], String)] = [
            ([], "an empty file"), ([0x1F, 0x8B, 8, 0], "a gzip file"), (Array("RIFF\u{1}\u{1}\u{1}\u{1}WAVEfmt ".utf8), "a WAV audio file"),
            (Array("INVITE sip:a@b SIP/2.0\r\n".utf8), "text"), ([1, 2, 3, 4, 0, 0, 0], "data of unknown kind"),
            (Array(" {\"a\": 1}".utf8), "text, perhaps JSON"),
        ]
        for (octets, name) in kinds {
            #expect(CaptureParser.sniff(octets.span.bytes) == nil)
            #expect(CaptureParser.describe(octets.span.bytes) == name)
        }
        #expect(CaptureParser.sniff(smallPcapng.span.bytes) == .pcapng)
    }
}
