import Evidence
import RTPSyntax
import TestSupport
import Testing

struct RTCPTests {
    static let block: [UInt8] = be(0xAABB_CCDD) + [64, 0xFF, 0xFF, 0xFE] + be(0x0002_FFFF) + be(33) + be(0x1234_5678) + be(65536)
    static let sender = rtcp(200, count: 1, be(0x4D61_7273) + be(0xE8D5_1C00) + be(0x8000_0000) + be(160) + be(2) + be(320) + block)
    /// CNAME `a@b`, TOOL `x`, then the end and its padding; a second chunk that is empty.
    static let description = rtcp(202, count: 2, be(1) + [1, 3] + Array("a@b".utf8) + [6, 1] + Array("x".utf8) + [0, 0, 0, 0] + be(2) + [0, 0, 0, 0])
    static let goodbye = rtcp(203, count: 1, be(0x4D61_7273) + [3] + Array("off".utf8))

    @Test func readsACompoundOfAllKinds() throws {
        let application = rtcp(204, count: 3, be(1) + Array("test".utf8))
        let read = compound(Self.sender + Self.description + application + Self.goodbye)
        #expect(read.remarks.isEmpty)
        try #require(read.packets.count == 4)
        let block = RTCPReportBlock(
            source: SSRC(0xAABB_CCDD), fractionLost: 64, cumulativeLost: -2, highestSequence: 0x2FFFF, jitter: 33, lastSenderReport: 0x1234_5678,
            delaySinceLastSenderReport: 65536)
        guard case .senderReport(let report) = read.packets[0], case .sourceDescription(let chunks) = read.packets[1],
            case .goodbye(let bye) = read.packets[3]
        else {
            Issue.record("other kinds: \(read.packets)")
            return
        }
        #expect(report.ssrc == SSRC(0x4D61_7273) && report.packetCount == 2 && report.octetCount == 320 && report.blocks == [block])
        #expect(report.rtpTimestamp == RTPTimestamp(160))
        #expect(report.ntp.time?.rfc3339 == "2023-10-14T13:54:08.500000000Z")
        #expect(report.ntp.middle == 0x1C00_8000)
        #expect(chunks.map(\.source) == [SSRC(1), SSRC(2)])
        #expect(chunks.map(\.cname) == ["a@b", nil])
        #expect(chunks[0].items.count == 2)
        let start = Self.sender.count + Self.description.count
        #expect(read.packets[2] == .other(type: 204, count: 3, range: start..<start + application.count))
        #expect(bye.sources == [SSRC(0x4D61_7273)] && bye.reason == "off")
    }

    @Test func everyTruncationKeepsWhatIsWholeAndRemarksTheRest() {
        let whole = Self.sender + Self.description + Self.goodbye
        let ends = [Self.sender.count, Self.sender.count + Self.description.count, whole.count]
        for count in 0...whole.count {
            let read = compound(Array(whole.prefix(count)))
            #expect(read.packets.count == ends.filter { $0 <= count }.count, "\(count) octets")
            #expect(read.remarks.isEmpty == (count == 0 || ends.contains(count)), "\(count) octets")
            for remark in read.remarks { #expect(remark.rule == .rtp001 && remark.offset <= count) }
        }
    }

    @Test func countsThatClaimMoreThanThereIsAreCutDown() {
        var report = Self.sender
        report[0] = 0x9F
        let read = compound(report)
        #expect(read.remarks.count == 1)
        guard case .senderReport(let sender)? = read.packets.first else {
            Issue.record("no sender report")
            return
        }
        #expect(sender.blocks.count == 1)
        #expect(compound(rtcp(203, count: 31, be(9))).packets == [.goodbye(RTCPGoodbye(sources: [SSRC(9)], reason: nil))])
        #expect(compound(rtcp(202, count: 31, be(9) + [0, 0, 0, 0])).remarks.count == 1)
    }

    @Test func paddingIsTakenOffAndItsLiesAreRemarked() {
        let padded = rtcp(203, count: 1, be(9) + [0, 0, 0, 4], padding: true)
        #expect(compound(padded).packets == [.goodbye(RTCPGoodbye(sources: [SSRC(9)], reason: nil))])
        for lie in [UInt8(0), 9, 255] {
            let read = compound(rtcp(203, count: 1, be(9) + [0, 0, 0, lie], padding: true))
            #expect(read.remarks.count == 1 && read.packets.count == 1, "\(lie)")
        }
    }

    @Test func aSourceDescriptionWithoutAnEndKeepsItsItems() {
        let read = compound(rtcp(202, count: 1, be(1) + [1, 2, 0x61, 0x62]))
        #expect(read.remarks.count == 1)
        #expect(read.packets == [.sourceDescription([RTCPSourceDescription(source: SSRC(1), items: [.init(type: 1, text: "ab")])])])
    }

    @Test(
        arguments: [
            (UInt32(0), UInt32(0), nil), (0x83AA_7E80, 0, "1970-01-01T00:00:00.000000000Z"), (0, 1 << 31, "2036-02-07T06:28:16.500000000Z"),
            (0xFFFF_FFFF, 0xFFFF_FFFF, "2036-02-07T06:28:15.999999999Z"),
        ] as [(UInt32, UInt32, String?)])
    func ntpTimesHaveAnEra(_ seconds: UInt32, _ fraction: UInt32, _ expected: String?) {
        #expect(NTPTimestamp(seconds: seconds, fraction: fraction).time?.rfc3339 == expected)
    }
}
