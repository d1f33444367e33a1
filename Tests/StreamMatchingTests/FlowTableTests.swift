import Evidence
import StreamMatching
import Testing

/// The table of flows and what a row counts.
struct FlowTableTests {
    private static let path = NetworkPath(source: Endpoint(IPAddress(v4: 0xC000_0201), 4000), destination: Endpoint(IPAddress(v4: 0xC000_0202), 6000))

    /// Flow number `index` of many: sources, ports and SSRCs that differ in one place only from those of their neighbours.
    private static func flow(_ index: Int) -> (NetworkPath, SSRC) {
        let source = Endpoint(IPAddress(v4: 0x0A00_0000 + UInt32(index % 7)), UInt16(1000 + index / 7 % 100))
        return (NetworkPath(source: source, destination: path.destination), SSRC(UInt32(index / 700)))
    }

    private static func table(_ limit: Int = 1 << 20, key: UInt64 = 1, flows: Int) -> FlowTable {
        var table = FlowTable(limit: limit, key: key)
        for index in 0..<flows {
            let (path, ssrc) = flow(index)
            table.add(
                path: path, ssrc: ssrc, arrival: CaptureTime(nanoseconds: Int64(index)), origin: Origin(capture: 0, frame: UInt32(index)),
                sequence: SequenceNumber(7), timestamp: RTPTimestamp(9), type: PayloadType(0), octets: 172, isCut: false)
        }
        return table
    }

    @Test func everyFlowIsFoundAgainOverGrowth() {
        let table = Self.table(flows: 100_000)
        #expect(table.rows.count == 100_000)
        #expect(table.refused == 0)
        var wrong = 0
        for index in stride(from: 99_999, through: 0, by: -1) {
            let (path, ssrc) = Self.flow(index)
            if table.find(path, ssrc) != index || table.rows[index].firstArrival.nanoseconds != Int64(index) { wrong += 1 }
        }
        #expect(wrong == 0)
        #expect(table.find(Self.path, SSRC(1 << 30)) == nil)
        #expect(table.find(NetworkPath(source: Self.path.destination, destination: Self.path.source), SSRC(0)) == nil)
    }

    @Test func theHashKeyDoesNotShow() {
        let tables = [0, 1, 0xFFFF_FFFF_FFFF_FFFF, 0x1234_5678_9ABC_DEF0].map { Self.table(key: $0, flows: 5000) }
        for table in tables.dropFirst() {
            #expect(table.rows.map(\.path) == tables[0].rows.map(\.path))
            #expect(table.rows.map(\.ssrc) == tables[0].rows.map(\.ssrc))
        }
    }

    @Test func aFullTableRefusesNewFlowsAndCountsKnownOnes() {
        var table = Self.table(3, flows: 10)
        #expect(table.rows.count == 3)
        #expect(table.refused == 7)
        let (known, ssrc) = Self.flow(2)
        let (unknown, other) = Self.flow(9)
        func add(_ path: NetworkPath, _ ssrc: SSRC) -> Int {
            table.add(
                path: path, ssrc: ssrc, arrival: .distantPast, origin: Origin(capture: 0, frame: 1), sequence: SequenceNumber(8), timestamp: RTPTimestamp(0),
                type: PayloadType(0), octets: 1, isCut: false)
        }
        #expect(add(known, ssrc) == 2)
        #expect(table.rows[2].packets == 2)
        #expect(add(unknown, other) == -1)
        #expect(table.refused == 8)
        #expect(table.find(unknown, other) == nil)
    }

    @Test func sourcesThatDifferInOnePlaceAreDifferentFlows() {
        let a = Self.path.source, b = Self.path.destination
        let high = Endpoint(IPAddress(v6High: 0x2001_0DB8_0000_0000, low: 1), 4000)
        let higher = Endpoint(IPAddress(v6High: 0x2001_0DB8_0000_0001, low: 1), 4000)
        let paths = [(a, b), (b, a), (a, a), (Endpoint(a.address, 4001), b), (a, Endpoint(b.address, 6001)), (high, b), (higher, b), (b, high), (b, higher)]
        var table = FlowTable(limit: 100, key: 3)
        for (source, destination) in paths {
            for ssrc in [SSRC(0), SSRC(1), SSRC(.max)] {
                table.add(
                    path: NetworkPath(source: source, destination: destination), ssrc: ssrc, arrival: .distantPast, origin: Origin(capture: 0, frame: 1),
                    sequence: SequenceNumber(0), timestamp: RTPTimestamp(0), type: PayloadType(0), octets: 1, isCut: false)
            }
        }
        #expect(table.rows.count == 27)
        #expect(table.rows.allSatisfy { $0.packets == 1 })
    }

    // MARK: Rows

    /// One flow of these sequence numbers, a packet each 20 ms.
    private static func row(_ sequences: [UInt16], types: [UInt8] = []) -> FlowRow {
        var table = FlowTable(limit: 1, key: 1)
        for (index, sequence) in sequences.enumerated() {
            table.add(
                path: path, ssrc: SSRC(5), arrival: CaptureTime(nanoseconds: Int64(index) * 20_000_000), origin: Origin(capture: 1, frame: UInt32(index + 1)),
                sequence: SequenceNumber(sequence), timestamp: RTPTimestamp(UInt32(sequence) * 160), type: PayloadType(index < types.count ? types[index] : 0),
                octets: 100, isCut: index % 2 == 1)
        }
        return table.rows[0]
    }

    @Test(
        arguments: [
            ([1], 1), ([1, 2, 3], 3), ([65_534, 65_535, 0, 1], 4), ([65_535, 0, 2], 4), ([10, 12, 11, 9], 4), ([0, 65_535], 2), ([5, 5, 5], 1),
            ([100, 3000], 2901),
        ] as [([UInt16], Int)])
    func extentsSpanWrapsAndReordering(_ sequences: [UInt16], _ expected: Int) {
        let row = Self.row(sequences)
        #expect(row.expected == expected)
        #expect(row.jumps == 0)
        #expect(row.packets == sequences.count)
        #expect(row.firstSequence.value == sequences[0])
    }

    @Test func severalWrapsAreCounted() {
        let row = Self.row((0..<70_000).map { UInt16(truncatingIfNeeded: $0 * 3) })
        #expect(row.expected == 69_999 * 3 + 1)
        #expect(row.jumps == 0)
    }

    /// RFC 3550 appendix A.1: a step of more than 3000 is a new numbering, not so many lost packets.
    @Test(arguments: [UInt16(20_000), 45_000, 3100])
    func aNewNumberingIsOneJump(_ step: UInt16) {
        let row = Self.row((0..<100).map { 1000 + $0 } + (0..<100).map { 1000 &+ step &+ $0 })
        #expect(row.jumps == 1)
        #expect(row.expected == 200)
    }

    @Test func aStrayPacketDoesNotMoveTheNumbering() {
        let row = Self.row((0..<50).map { 1000 + $0 } + [30_000] + (50..<100).map { 1000 + $0 })
        #expect(row.jumps == 2)
        #expect(row.expected == 101)
    }

    @Test func aLatePacketDoesNotMoveTheEnd() {
        let row = Self.row([10, 12, 11])
        #expect(row.lastTimestamp.value == 12 * 160)
        #expect(row.firstTimestamp.value == 10 * 160)
        #expect(row.lastArrival.nanoseconds == 40_000_000)
        #expect(row.lastFrame == 3)
        #expect(row.firstOrigin.frame == 1)
        #expect(row.octets == 300)
        #expect(row.cutPackets == 1)
    }

    @Test func arrivalsThatGoBackDoNotShortenTheFlow() {
        var table = FlowTable(limit: 1, key: 1)
        for nanoseconds in [100, 50, 70] as [Int64] {
            table.add(
                path: Self.path, ssrc: SSRC(1), arrival: CaptureTime(nanoseconds: nanoseconds), origin: Origin(capture: 0, frame: 1),
                sequence: SequenceNumber(1), timestamp: RTPTimestamp(0), type: PayloadType(0), octets: 1, isCut: false)
        }
        #expect(table.rows[0].lastArrival.nanoseconds == 100)
    }

    @Test func payloadTypesAreCountedInOrderOfAppearance() {
        let row = Self.row([1, 2, 3, 4, 5, 6, 7, 8], types: [8, 101, 8, 0, 13, 96, 101, 97])
        #expect(row.payloadTypes.map(\.type.value) == [8, 101, 0, 13])
        #expect(row.payloadTypes.map(\.packets) == [2, 2, 1, 1])
        #expect(row.otherTypes == 2)
    }

    @Test func theFirstPacketsAreKept() {
        var table = FlowTable(limit: 2, key: 1)
        for index in 0..<40 {
            table.add(
                path: Self.path, ssrc: SSRC(UInt32(index % 2)), arrival: CaptureTime(nanoseconds: Int64(index)), origin: Origin(capture: 0, frame: 1),
                sequence: SequenceNumber(UInt16(index)), timestamp: RTPTimestamp(UInt32(index) * 10), type: PayloadType(0), octets: 1, isCut: false)
        }
        let kept = Array(table.earlyPackets(of: 1))
        #expect(kept.map(\.arrival.nanoseconds) == Array(stride(from: 1, to: 33, by: 2)))
        #expect(kept.allSatisfy { Int64($0.timestamp.value) == $0.arrival.nanoseconds * 10 })
        #expect(Self.table(flows: 3).earlyPackets(of: 2).count == 1)
    }
}
