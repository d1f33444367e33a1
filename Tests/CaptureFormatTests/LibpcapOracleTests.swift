import CPcap
import CaptureFormat
import Evidence
import Glibc
import TestSupport
import Testing

/// libpcap's view of the same octets, nanosecond precision.
func libpcapRead(_ file: [UInt8]) throws -> (frames: [ReadFrame], link: Int32) {
    // An unnamed temporary file; libpcap closes it.
    let handle = try #require(tmpfile())
    try #require(fwrite(file, 1, file.count, handle) == file.count)
    rewind(handle)
    var error = [CChar](repeating: 0, count: 256)
    let pcap = try #require(pcap_fopen_offline_with_tstamp_precision(handle, UInt32(PCAP_TSTAMP_PRECISION_NANO), &error))
    defer { pcap_close(pcap) }
    var frames: [ReadFrame] = []
    var header: UnsafeMutablePointer<pcap_pkthdr>?
    var data: UnsafePointer<UInt8>?
    let link = pcap_datalink(pcap)
    while pcap_next_ex(pcap, &header, &data) == 1, let head = header?.pointee, let data {
        frames.append(
            ReadFrame(
                nanoseconds: Int64(head.ts.tv_sec) * 1_000_000_000 + Int64(head.ts.tv_usec), number: UInt32(frames.count + 1),
                linkType: UInt32(link), interface: 0, octets: Array(UnsafeBufferPointer(start: data, count: Int(head.caplen))),
                original: Int(head.len)))
    }
    return (frames, link)
}

@Suite struct LibpcapOracleTests {
    private func packets(_ random: inout SeededRandom, fraction: UInt32) -> [TestPacket] {
        (0..<60).map { index in
            let octets = random.bytes(Int.random(in: 0...300, using: &random))
            return TestPacket(
                seconds: 1_700_000_000 + UInt32(index), fraction: UInt32.random(in: 0..<fraction, using: &random), octets: octets,
                original: UInt32(octets.count) + (index % 3 == 0 ? 7 : 0))
        }
    }

    @Test(arguments: [0xA1B2_C3D4, 0xA1B2_3C4D, 0xA1B2_CD34] as [UInt32], [false, true])
    func pcapReadsAsLibpcapReadsIt(magic: UInt32, isBig: Bool) throws {
        var random = SeededRandom(seed: UInt64(magic))
        let file = CaptureBuilder.pcap(packets(&random, fraction: magic == 0xA1B2_3C4D ? 1_000_000_000 : 1_000_000), isBig: isBig, magic: magic)
        let expected = try libpcapRead(file)
        #expect(expected.frames.count == 60)
        #expect(CaptureParser.sniff(file.span.bytes) == .pcap)
        for refill in [1, 17, 100, file.count] {
            let read = readAll(file, format: .pcap, refill: refill)
            #expect(read.frames == expected.frames, "refill \(refill), seed \(random.seed)")
            #expect(read.codes.isEmpty)
        }
    }

    /// 6, 9, 3 and 12 decimal digits; 2^-10, 2^-20 and 2^-30 s; with and without an offset.
    @Test(arguments: [nil, 6, 9, 3, 12, 0x8A, 0x94, 0x9E] as [UInt8?], [false, true])
    func pcapngReadsAsLibpcapReadsIt(resolution: UInt8?, isBig: Bool) throws {
        var random = SeededRandom(seed: 77)
        let perSecond: UInt64 =
            switch resolution {
            case nil, 6: 1_000_000
            case 9: 1_000_000_000
            case 3: 1000
            case 12: 1_000_000_000_000
            case let binary?: 1 << UInt64(binary & 0x7F)
            }
        var file = CaptureBuilder.section(isBig: isBig)
        file += CaptureBuilder.interface(snap: 65535, resolution: resolution, offset: isBig ? 3600 : nil, isBig: isBig)
        file += CaptureBuilder.block(0xBAD, isBig: isBig) { $0.array += [1, 2, 3] }
        for index in 0..<40 {
            let octets = random.bytes(Int.random(in: 0...90, using: &random))
            let ticks = 1_700_000 * perSecond + UInt64.random(in: 0..<perSecond, using: &random) + UInt64(index) * perSecond
            file += CaptureBuilder.enhanced(octets, ticks: ticks, dropped: index % 5 == 0 ? 1 : nil, isBig: isBig)
            // libpcap gives the missing time of a Simple Packet Block as the interface's offset; we give none.
            if index % 8 == 0, !isBig {
                file += CaptureBuilder.block(3, isBig: isBig) {
                    $0.u32(UInt32(octets.count))
                    $0.array += octets
                }
            }
            if index % 9 == 0 {
                file += CaptureBuilder.block(2, isBig: isBig) {
                    $0.u16(0)
                    $0.u16(3)
                    $0.u32(UInt32(ticks >> 32))
                    $0.u32(UInt32(ticks & 0xFFFF_FFFF))
                    $0.u32(UInt32(octets.count))
                    $0.u32(UInt32(octets.count + 4))
                    $0.array += octets
                }
            }
        }
        let expected = try libpcapRead(file)
        #expect(expected.frames.count == (isBig ? 45 : 50))
        for refill in [1, 13, file.count] {
            let read = readAll(file, format: .pcapng, refill: refill)
            #expect(read.frames == expected.frames, "refill \(refill)")
            #expect(read.codes == (isBig ? [] : ["CAP008"]))
            #expect(read.parser.interfaces[0].dropped == 8 + 5 * 3)
        }
    }
}
