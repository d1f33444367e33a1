public import Evidence

/// All RTP flows seen, by network path and SSRC.
///
/// Open addressing with a hash that is keyed per process: a hostile capture can not choose colliding flows, and no output depends on
/// the order (`rows` is in order of first packet). The packet path neither allocates nor counts references, but for growth.
@frozen
@usableFromInline
package struct FlowTable: Sendable {
    /// In order of first packet; the index is the flow's number.
    @usableFromInline package var rows: ContiguousArray<FlowRow>
    /// `earlyLimit` places for each row.
    @usableFromInline internal var earlyPackets: ContiguousArray<EarlyPacket>
    /// Upper half of the hash, and row number plus one below it; 0 is free.
    @usableFromInline internal var slots: ContiguousArray<UInt64>
    /// Slots less one.
    @usableFromInline internal var mask: Int
    @usableFromInline internal let key: UInt64
    @usableFromInline package let limit: Int
    /// Stretches of more than a second in which a flow had no packet; beyond the bound no more are kept.
    @usableFromInline package private(set) var silences: ContiguousArray<FlowSilence> = []
    /// Packets of flows that were refused because the table was full.
    @usableFromInline package var refused: Int

    /// Early packets kept for each flow.
    @inlinable package static var earlyLimit: Int { 16 }

    /// `key` seeds the hash: take it from the system's random source.
    package init(limit: Int, key: UInt64) {
        rows = []
        earlyPackets = []
        slots = ContiguousArray(repeating: 0, count: 1024)
        mask = 1023
        self.key = key | 1
        self.limit = max(1, min(limit, 1 << 30))
        refused = 0
    }

    @inlinable @inline(__always)
    internal func hash(_ path: NetworkPath, _ ssrc: SSRC) -> UInt64 {
        func fold(_ a: UInt64, _ b: UInt64) -> UInt64 {
            let product = a.multipliedFullWidth(by: b)
            return product.high ^ product.low
        }
        let ports = UInt64(path.source.port) << 48 | UInt64(path.destination.port) << 32 | UInt64(ssrc.value)
        let a = fold(path.source.address.low ^ key, path.destination.address.low ^ 0x9E37_79B9_7F4A_7C15)
        let b = fold(path.source.address.high ^ ports ^ key, path.destination.address.high ^ 0xD6E8_FEB8_6659_FD93)
        return fold(a ^ key, b ^ 0xA076_1D64_78BD_642F)
    }

    /// The number of a known flow, or nil.
    @inlinable @inline(__always)
    package func find(_ path: NetworkPath, _ ssrc: SSRC) -> Int? {
        let hash = hash(path, ssrc)
        var slot = Int(truncatingIfNeeded: hash) & mask
        while true {
            // Within bounds by the mask.
            let entry = unsafe slots.span[unchecked: slot]
            if entry == 0 { return nil }
            if (entry ^ hash) >> 32 == 0 {
                let row = Int(truncatingIfNeeded: entry & 0xFFFF_FFFF) &- 1
                if rows[row].is(path, ssrc) { return row }
            }
            slot = (slot &+ 1) & mask
        }
    }

    /// Counts one RTP packet in, beginning a new flow where needed; returns the flow's number, or -1 when the table is full.
    @inlinable @inline(__always)
    @discardableResult
    package mutating func add(
        path: NetworkPath, ssrc: SSRC, arrival: CaptureTime, origin: Origin, sequence: SequenceNumber, timestamp: RTPTimestamp, type: PayloadType,
        octets: Int, isCut: Bool
    ) -> Int {
        let row: Int
        if let known = find(path, ssrc) {
            row = known
        } else {
            row = insert(FlowRow(path: path, ssrc: ssrc, arrival: arrival, origin: origin, sequence: sequence, timestamp: timestamp, type: type))
            if row < 0 {
                refused &+= 1
                return -1
            }
        }
        if arrival.nanoseconds &- rows[row].lastArrival.nanoseconds > FlowSilence.shortest { rest(row, until: arrival, origin) }
        if rows[row].packets < Self.earlyLimit {
            earlyPackets[row * Self.earlyLimit + rows[row].packets] = EarlyPacket(arrival: arrival, timestamp: timestamp, sequence: sequence)
        }
        rows[row].add(
            arrival: arrival, capture: origin.capture, frame: origin.frame, sequence: sequence, timestamp: timestamp, type: type, octets: octets,
            isCut: isCut)
        return row
    }

    @inline(never)
    @usableFromInline
    internal mutating func rest(_ row: Int, until arrival: CaptureTime, _ origin: Origin) {
        guard silences.count < FlowSilence.limit else { return }
        silences.append(FlowSilence(flow: Int32(truncatingIfNeeded: row), from: rows[row].lastArrival, until: arrival, end: origin))
    }

    /// Lets go of the silences, which only the plan needs.
    package mutating func forgetSilences() { silences = [] }

    /// The first packets of a flow, in order of capture.
    package func earlyPackets(of row: Int) -> ArraySlice<EarlyPacket> {
        let start = row * Self.earlyLimit
        return Array(earlyPackets[start..<start + min(rows[row].packets, Self.earlyLimit)])[...]
    }

    @inline(never)
    @usableFromInline
    internal mutating func insert(_ new: FlowRow) -> Int {
        guard rows.count < limit else { return -1 }
        rows.append(new)
        let empty = EarlyPacket(arrival: new.firstArrival, timestamp: new.firstTimestamp, sequence: new.firstSequence)
        earlyPackets.append(contentsOf: repeatElement(empty, count: Self.earlyLimit))
        if rows.count * 2 > mask { grow() } else { place(rows.count - 1) }
        return rows.count - 1
    }

    private mutating func place(_ row: Int) {
        let hash = hash(rows[row].path, rows[row].ssrc)
        var slot = Int(truncatingIfNeeded: hash) & mask
        while slots[slot] != 0 { slot = (slot + 1) & mask }
        slots[slot] = hash & 0xFFFF_FFFF_0000_0000 | UInt64(row + 1)
    }

    private mutating func grow() {
        let size = (mask + 1) * 2
        mask = size - 1
        slots = ContiguousArray(repeating: 0, count: size)
        for row in rows.indices { place(row) }
    }
}
