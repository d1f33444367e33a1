import Evidence
import MediaCodecs
import MediaPlayout
import RTPSyntax
import TestSupport
import Testing

/// Makes parity packets as RFC 5109 section 8 says, from whole RTP packets.
private enum ParityEncoder {
    /// `levels`: how many octets each protects, and of which packets, by their place in `packets`.
    static func encode(_ packets: [[UInt8]], levels: [(count: Int, members: [Int])], isLong: Bool = false) -> [UInt8] {
        let members = levels[0].members.map { packets[$0] }
        var bits = [UInt8](repeating: 0, count: 10)
        for packet in members {
            for index in 0..<2 { bits[index] ^= packet[index] }
            for index in 4..<8 { bits[index] ^= packet[index] }
            bits[8] ^= UInt8((packet.count - 12) >> 8)
            bits[9] ^= UInt8((packet.count - 12) & 0xFF)
        }
        bits[0] = bits[0] & 0x3F | (isLong ? 0x40 : 0)
        let base = levels.flatMap(\.members).min() ?? 0
        bits[2] = packets[base][2]
        bits[3] = packets[base][3]
        var out = bits
        var start = 12
        for level in levels {
            var mask: UInt64 = 0
            for member in level.members { mask |= 1 << (47 - UInt64(member - base)) }
            out += [UInt8(level.count >> 8), UInt8(level.count & 0xFF)]
            out += (0..<(isLong ? 6 : 2)).map { UInt8(truncatingIfNeeded: mask >> (40 - 8 * UInt64($0))) }
            var octets = [UInt8](repeating: 0, count: level.count)
            for member in level.members {
                for (index, octet) in packets[member].dropFirst(start).prefix(level.count).enumerated() { octets[index] ^= octet }
            }
            out += octets
            start += level.count
        }
        return out
    }
}

struct ParityTests {
    private static let ssrc = SSRC(0x1122_3344)

    /// Packets with contributing sources, extensions, markers, padding and payloads of many lengths.
    private static func packets(_ count: Int, first: UInt16 = 65_530, seed: UInt64 = 9) -> [[UInt8]] {
        var random = SeededRandom(seed: seed)
        return (0..<count).map { index in
            let sequence = first &+ UInt16(index)
            let timestamp = UInt32.max - 500 &+ UInt32(160 * index)
            var packet: [UInt8] = [0x80, UInt8(index % 3 == 0 ? 0x80 : 0) | 96, UInt8(sequence >> 8), UInt8(truncatingIfNeeded: sequence)]
            packet += (0..<4).map { UInt8(truncatingIfNeeded: timestamp >> (24 - 8 * UInt32($0))) } + [0x11, 0x22, 0x33, 0x44]
            if index % 4 == 1 {
                packet[0] |= 1
                packet += random.bytes(4)
            }
            if index % 5 == 2 {
                packet[0] |= 0x10
                packet += [0xBE, 0xDE, 0, 1] + random.bytes(4)
            }
            packet += random.bytes(20 + Int(random.next() % 100))
            if index % 7 == 3 {
                packet[0] |= 0x20
                packet += [0, 0, 3]
            }
            return packet
        }
    }

    private static func feed(_ recovery: inout ParityRecovery, _ packet: [UInt8]) {
        let bytes = packet.span.bytes
        recovery.add(
            sequence: SequenceNumber(bytes.be16(2)), head: bytes.be16(0), timestamp: RTPTimestamp(bytes.be32(4)), rest: bytes.array(12..<packet.count))
    }

    private static func feed(_ recovery: inout ParityRecovery, parity: [UInt8]) {
        let isParity = recovery.add(parity: parity.span.bytes)
        #expect(isParity)
    }

    private static func next(_ recovery: inout ParityRecovery) -> [UInt8]? { recovery.next(ssrc: ssrc) }

    @Test(arguments: [false, true]) func anyOnePacketOfAGroupComesBackWhole(isLong: Bool) {
        let packets = Self.packets(40)
        for lost in 0..<40 {
            var recovery = ParityRecovery()
            for group in 0..<10 {
                let members = Array(4 * group..<4 * group + 4)
                for member in members where member != lost { Self.feed(&recovery, packets[member]) }
                let parity = ParityEncoder.encode(packets, levels: [(140, members)], isLong: isLong)
                Self.feed(&recovery, parity: parity)
                let restored = recovery.next(ssrc: Self.ssrc)
                #expect(restored == (members.contains(lost) ? packets[lost] : nil), "packet \(lost)")
                #expect(Self.next(&recovery) == nil)
            }
        }
    }

    /// Two lost in a row of the square need the columns; what one restores helps the other.
    @Test func restoredPacketsRestoreOthers() {
        let packets = Self.packets(16)
        var recovery = ParityRecovery()
        for (index, packet) in packets.enumerated() where index != 5 && index != 6 && index != 9 { Self.feed(&recovery, packet) }
        let rows = (0..<4).map { row in (0..<4).map { 4 * row + $0 } }
        let columns = (0..<4).map { column in (0..<4).map { 4 * $0 + column } }
        var restored: [[UInt8]] = []
        for members in rows + columns {
            Self.feed(&recovery, parity: ParityEncoder.encode(packets, levels: [(140, members)]))
            while let packet = recovery.next(ssrc: Self.ssrc) { restored.append(packet) }
        }
        #expect(Set(restored) == Set([packets[5], packets[6], packets[9]]))
    }

    @Test func twoLostOfOneGroupStayLostUntilOneComes() {
        let packets = Self.packets(4)
        var recovery = ParityRecovery()
        Self.feed(&recovery, packets[0])
        Self.feed(&recovery, packets[3])
        Self.feed(&recovery, parity: ParityEncoder.encode(packets, levels: [(140, [0, 1, 2, 3])]))
        #expect(Self.next(&recovery) == nil)
        Self.feed(&recovery, packets[2])
        #expect(Self.next(&recovery) == packets[1])
    }

    /// Unequal protection: a packet comes back whole or not at all.
    @Test func partOfAPacketIsNoPacket() {
        let packets = Self.packets(4)
        for (levels, isWhole) in [([(20, [0, 1, 2, 3]), (120, [0, 1])], true), ([(20, [0, 1, 2, 3]), (120, [2, 3])], false)] {
            var recovery = ParityRecovery()
            for index in [0, 2, 3] { Self.feed(&recovery, packets[index]) }
            Self.feed(&recovery, parity: ParityEncoder.encode(packets, levels: levels))
            #expect(Self.next(&recovery) == (isWhole ? packets[1] : nil))
        }
    }

    @Test func truncatedParityIsNone() {
        let parity = ParityEncoder.encode(Self.packets(4), levels: [(20, [0, 1, 2, 3]), (60, [0, 1])])
        let whole = 10 + 4 + 20
        for count in 0..<parity.count {
            // Cut behind a level it is a parity of fewer levels.
            let part = Array(parity.prefix(count))
            let parsed = ParityPayload(parsing: part.span.bytes)
            #expect((parsed != nil) == (count == whole), "\(count) octets")
        }
    }

    @Test(arguments: 0..<10 as Range<UInt64>) func hostileParityStaysBounded(seed: UInt64) {
        print("seed \(seed)")
        var random = SeededRandom(seed: seed)
        let packets = Self.packets(200, seed: seed)
        var recovery = ParityRecovery()
        var restored = 0
        for index in 0..<200 {
            if random.next() % 8 != 0 { Self.feed(&recovery, packets[index]) }
            var parity = ParityEncoder.encode(packets, levels: [(40, [index]), (10, [index])])
            for _ in 0..<1 + random.next() % 6 { parity[Int(random.next() % UInt64(parity.count))] = UInt8(truncatingIfNeeded: random.next()) }
            if random.next() % 4 == 0 { parity = random.bytes(Int(random.next() % 60)) }
            _ = recovery.add(parity: parity.span.bytes)
            while let packet = recovery.next(ssrc: Self.ssrc) {
                restored += 1
                #expect(packet.count <= 12 + 60 && packet[0] >> 6 == 2)
            }
        }
        #expect(restored <= 400)
    }
}

/// What restored packets do in the playout.
struct RestorationTests {
    @Test func restoredPacketsTakeTheirPlaces() {
        var bench = Bench()
        bench.run(0..<30)
        bench.run(32..<40)
        bench.restore(30, 160 * 30, at: 780, from: .retransmission)
        bench.restore(31, 160 * 31, at: 790, from: .parity)
        // What came, and what was restored already, is not restored.
        bench.restore(25, 160 * 25, at: 791, from: .parity)
        bench.restore(31, 160 * 31, at: 792, from: .retransmission)
        bench.run(40..<60)
        bench.finish()
        #expect(bench.sink.starts == Bench.expected(0..<60))
        #expect(bench.sink.gaps.isEmpty)
        #expect(bench.statistics.lost == 0 && bench.statistics.duplicates == 0)
        #expect(bench.statistics.recovered.retransmission == 1 && bench.statistics.recovered.parity == 1)
    }

    /// The place was given up, or the packet is of another time: neither moves anything.
    @Test func whatFitsNowhereIsLeftAlone() {
        var bench = Bench()
        bench.run(0..<30)
        bench.run(31..<100)
        bench.restore(30, 160 * 30, at: 2000, from: .retransmission)
        bench.restore(101, 160 * 101 + 800_000, at: 2001, from: .parity)
        bench.restore(5000, 160 * 101, at: 2002, from: .parity)
        bench.run(100..<130)
        bench.finish()
        #expect(bench.sink.starts == Bench.expected((0..<130).filter { $0 != 30 }))
        #expect(bench.statistics.recovered.total == 0)
        #expect(bench.sink.gaps.map(GapRow.init) == [GapRow(600, 20, 1, .networkLoss)])
    }
}
