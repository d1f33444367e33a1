import Evidence
import RTPSyntax

/// Redundant payloads (RFC 2198): the packet's own block goes the way of any packet, and so does a copy of one that is missing.
extension PlayoutCore {
    /// How many recovered packets are remembered, and how far back a copy is believed.
    private static let memory = 32
    private static let farthest = 64

    mutating func pushRedundant(_ entry: PlayoutEntry, payload: RawSpan, into sink: inout some PlayoutSink & ~Copyable) {
        guard let parts = RedundantPayload(parsing: payload) else {
            note(.undecodable, entry.origin)
            pushSingle(
                PlayoutEntry(
                    sequence: entry.sequence, timestamp: entry.timestamp, payloadType: entry.payloadType, arrival: entry.arrival, origin: entry.origin,
                    unavailable: .unknown), payload: RawSpan(), into: &sink)
            return
        }
        // One packet after another has the copies of all before it, so the first that is missing is in the first that comes.
        for (index, block) in parts.redundant.enumerated() where !block.range.isEmpty && !codecs.isRepair(block.payloadType) {
            let back = distance(of: block, fromEnd: parts.redundant.count - index, entry)
            guard back >= 1, back <= Self.farthest else { continue }
            var copy = PlayoutEntry(
                sequence: SequenceNumber(entry.sequence.value &- UInt16(back)), timestamp: RTPTimestamp(entry.timestamp.value &- block.timestampOffset),
                payloadType: block.payloadType, arrival: entry.arrival, origin: entry.origin, unavailable: nil)
            copy.recovery = .redundancy
            guard isMissing(copy) else { continue }
            remember(copy)
            pushSingle(copy, payload: payload.extracting(block.range), into: &sink)
        }
        lastRedundant = (entry.sequence, entry.timestamp)
        let own = PlayoutEntry(
            sequence: entry.sequence, timestamp: entry.timestamp, payloadType: parts.primary.payloadType, arrival: entry.arrival, origin: entry.origin,
            unavailable: nil, recovery: entry.recovery, isCounted: entry.isCounted)
        pushSingle(own, payload: payload.extracting(parts.primary.range), into: &sink)
    }

    /// Takes what another packet brought in place of one that did not come; left alone where the place is taken, given up, or of another time.
    mutating func restore(_ packet: borrowing PlayoutPacket, from source: RecoverySource, into sink: inout some PlayoutSink & ~Copyable) {
        var entry = PlayoutEntry(
            sequence: packet.sequence, timestamp: packet.timestamp, payloadType: packet.payloadType, arrival: packet.arrival, origin: packet.origin,
            unavailable: packet.arrival >= pauseFrom ? pauseCause(packet.arrival, packet.timestamp) : nil, recovery: source)
        if counted != nil { entry.timestamp = counted?.timestamp(of: entry.sequence) ?? entry.timestamp }
        guard !isExhausted, entry.unavailable == nil else { return }
        expire(now: entry.arrival, into: &sink)
        guard isMissing(entry), isOfThisTime(entry) else { return }
        remember(entry)
        if codecs.isRedundant(entry.payloadType) {
            pushRedundant(entry, payload: packet.payload, into: &sink)
        } else {
            pushSingle(entry, payload: packet.payload, into: &sink)
        }
        updatePlain()
    }

    private mutating func remember(_ entry: PlayoutEntry) {
        recovered.append((entry.sequence, entry.timestamp))
        if recovered.count > Self.memory { recovered.removeFirst() }
    }

    /// Whether the timestamp fits those of the packets that came; while none is placed yet, any does.
    private func isOfThisTime(_ entry: PlayoutEntry) -> Bool {
        phase != .playing || abs(line.lag(entry.arrival, line.units(entry.timestamp)) - lastLag) <= configuration.jumpSeconds * 1e9
    }

    /// How many numbers before the packet the block was sent: by the time between packets where that is known, else by its place among the blocks.
    private func distance(of block: RedundantPayload.Block, fromEnd place: Int, _ entry: PlayoutEntry) -> Int {
        guard let lastRedundant else { return place }
        let numbers = entry.sequence.distance(from: lastRedundant.sequence)
        let units = entry.timestamp.distance(from: lastRedundant.timestamp)
        guard numbers > 0, units > 0, units % numbers == 0 else { return place }
        let step = units / numbers
        return Int(block.timestampOffset) % step == 0 ? Int(block.timestampOffset) / step : place
    }

    /// Whether the packet's place is still open and nothing else stands there.
    private func isMissing(_ copy: PlayoutEntry) -> Bool {
        if phase == .playing {
            let distance = copy.sequence.distance(from: expected)
            guard distance >= 0, distance <= Self.farthest, !history.contains(copy.sequence, copy.timestamp) else { return false }
        }
        func isSame(_ packet: HeldPacket) -> Bool { packet.entry.sequence == copy.sequence }
        return !held.contains(where: isSame) && !waiting.packets.contains(where: isSame) && !suspects.contains(where: isSame)
    }

    /// A packet whose place is taken: the packet itself after its copy, or one that came twice.
    mutating func countDuplicate(_ entry: PlayoutEntry) {
        account(.copy, .repeated, entry)
        if let index = recovered.firstIndex(where: { $0.sequence == entry.sequence && $0.timestamp == entry.timestamp }) {
            recovered.remove(at: index)
            statistics.reordered += 1
        } else {
            statistics.duplicates += 1
        }
    }
}
