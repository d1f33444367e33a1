package import Evidence

/// Puts TCP segments in order (RFC 9293 section 3.4), as an observer: it sees each direction by itself, may have missed packets, and must
/// not wait for what will never come.
///
/// - **The octet that arrived first wins**; a waiting octet that is repeated with another value is NET007.
/// - A hole is skipped (NET003, `lostBefore`) when the peer acknowledged octets behind it more than `reorderAllowance` ago, when a bound is
///   reached (NET004 too), when later octets have waited `limits.tcpHoleSeconds`, and at `finish` or when the port is used again. The acknowledgement alone is not enough: captures of fast links
///   show segments long after their acknowledgement.
/// - Without a SYN the lowest sequence number of the first segments is the start.
/// - A direction that the caller `ignore`s costs one table lookup a segment until a new SYN.
///
/// Bounds: `limits.tcpStreams` directions, `limits.tcpPendingOctets` and `pieceLimit` pieces of one, `octetLimit` octets of all.
package struct StreamAssembler: Sendable {
    let limits: Limits
    let seed: UInt64
    var slots: [StreamDirection?] = []
    var free: [Int] = []
    var table: [PathKey: Int] = [:]
    var hand = 0
    var held = 0
    var nextConnection: UInt64 = 0
    /// The last path looked up: bulk traffic comes in runs.
    private var recent: (path: NetworkPath, slot: Int)?

    /// Octets that wait in all directions together.
    package static var octetLimit: Int { 64 << 20 }
    /// Waiting pieces of one direction.
    package static var pieceLimit: Int { 4096 }
    /// Nanoseconds that a segment may be captured after its acknowledgement: 2 s.
    package static var reorderAllowance: Int64 { 2_000_000_000 }
    /// Payload segments, and nanoseconds, that a stream without SYN waits for an earlier one.
    package static var startAllowance: (segments: Int, nanoseconds: Int64) { (32, 200_000_000) }
    /// A sequence number farther away belongs to another connection: 64 MiB.
    static var plausibleDistance: Int { 64 << 20 }

    package init(limits: Limits = Limits()) {
        self.limits = limits
        // Swift's hasher is seeded per process; this takes part of that seed.
        var hasher = Hasher()
        hasher.combine(0x5349_5052)
        seed = UInt64(bitPattern: Int64(hasher.finalize())) | 1
    }

    /// Directions followed now, ignored ones included.
    package var directionCount: Int { table.count }

    /// Adds one segment; what can be delivered now, of either direction. `origin` is that of the start of the frame that `bytes` is.
    package mutating func add(
        _ segment: TCPSegment, of bytes: RawSpan, origin: Origin, time: CaptureTime, findings: inout FindingLog
    ) -> [StreamChunk] {
        var out: [StreamChunk] = []
        let path = segment.path
        let isSynchronize = segment.flags.contains(.synchronize)
        var slot = find(path)
        if let known = slot, !isSynchronize, slots[known]?.isIgnored ?? false {
            slots[known]?.isRecent = true
            slots[known]?.skipped &+= max(0, segment.payloadCount)
            return out
        }
        guard segment.payloadStart >= 0, segment.payloadCount >= 0, segment.payloadCount <= bytes.byteCount - segment.payloadStart else { return out }
        // The octets of a reset are a reason text at most, not data (RFC 9293 section 3.5.3).
        let count = segment.flags.contains(.reset) ? 0 : segment.payloadCount
        let firstOctet = isSynchronize ? segment.sequence &+ 1 : segment.sequence

        if let known = slot, startsAnew(segment, firstOctet, slot: known) {
            close(known, saysEnd: true, findings: &findings, into: &out)
            slot = nil
        }
        if slot == nil, isSynchronize || isStart(segment, count, bytes) {
            makeRoom(at: origin, findings: &findings, into: &out)
            slot = open(segment, firstOctet, time)
        }
        if let slot { take(segment, count, firstOctet, of: bytes, origin: origin, time: time, slot: slot, findings: &findings) }
        let reverse = slot.flatMap { slots[$0]?.peer } ?? (slot == nil ? find(path.reversed) : nil)
        if let reverse, segment.flags.contains(.acknowledgement) { noteAcknowledgement(segment.acknowledgement, at: time, slot: reverse) }
        if let reverse { advance(reverse, at: time, findings: &findings, into: &out) }
        if let slot { advance(slot, at: time, findings: &findings, into: &out) }
        return out
    }

    /// Stops following a direction, for example because its first octets are not SIP. A new SYN on it starts again.
    package mutating func ignore(path: NetworkPath) {
        guard let slot = find(path) else { return }
        held -= slots[slot]?.pendingOctets ?? 0
        slots[slot]?.dropPending()
        slots[slot]?.isIgnored = true
    }

    /// Delivers what still waits, at the end of all input, in the order in which the connections began.
    package mutating func finish(findings: inout FindingLog) -> [StreamChunk] {
        var out: [StreamChunk] = []
        let order = table.values.sorted { (slots[$0]?.connection ?? 0) < (slots[$1]?.connection ?? 0) }
        for slot in order { close(slot, findings: &findings, into: &out) }
        return out
    }

    mutating func find(_ path: NetworkPath) -> Int? {
        if let recent, recent.path == path { return recent.slot }
        guard let slot = table[PathKey(path, seed: seed)] else { return nil }
        recent = (path, slot)
        return slot
    }

    mutating func forgetRecent() { recent = nil }
}

extension StreamAssembler {
    /// A segment that can begin a stream whose SYN was not captured: data, but not a keep-alive probe's single zero octet.
    private func isStart(_ segment: TCPSegment, _ count: Int, _ bytes: RawSpan) -> Bool {
        count > 1 || count == 1 && bytes.u8(segment.payloadStart) != 0
    }

    /// The port pair is used for another connection than the one that is known.
    private func startsAnew(_ segment: TCPSegment, _ firstOctet: UInt32, slot: Int) -> Bool {
        guard let known = slots[slot] else { return true }
        if segment.flags.contains(.synchronize) {
            // A repeated SYN has the same number; one that follows a stream that began without SYN may be late, but that is rarer.
            return known.initialSequence != firstOctet
        }
        return segment.payloadCount > 0 && abs(known.position(of: firstOctet) - known.next) > Self.plausibleDistance
    }

    private mutating func open(_ segment: TCPSegment, _ firstOctet: UInt32, _ time: CaptureTime) -> Int {
        let path = segment.path
        let isSynchronize = segment.flags.contains(.synchronize)
        let acknowledges = segment.flags.contains(.acknowledgement)
        let peer = find(path.reversed)
        var direction = StreamDirection(
            path: path, connection: nextConnection, pair: pair(firstOctet, peer, isFirst: isSynchronize && !acknowledges),
            initialSequence: firstOctet, sawSynchronize: isSynchronize, started: time)
        direction.openingAcknowledgement = acknowledges ? segment.acknowledgement : nil
        nextConnection += 1
        direction.peer = peer
        let slot: Int
        if let reused = free.popLast() {
            slot = reused
            slots[slot] = direction
        } else {
            slot = slots.count
            slots.append(direction)
        }
        if let peer = direction.peer { slots[peer]?.peer = slot }
        table[PathKey(path, seed: seed)] = slot
        forgetRecent()
        return slot
    }

    /// The number of the connection that a new direction belongs to. A SYN that acknowledges nothing begins a connection, whatever is known of
    /// the other direction, unless that one began by acknowledging this very SYN: then it was captured too late.
    private func pair(_ firstOctet: UInt32, _ peer: Int?, isFirst: Bool) -> UInt64 {
        guard let known = peer.flatMap({ slots[$0] }) else { return nextConnection }
        if isFirst, !(known.sawSynchronize && known.openingAcknowledgement == firstOctet) { return nextConnection }
        return known.pair
    }

    /// Delivers everything of a direction, holes skipped, and forgets it. `saysEnd` makes a chunk of an end that was not seen.
    private mutating func close(_ slot: Int, saysEnd: Bool = false, findings: inout FindingLog, into out: inout [StreamChunk]) {
        guard let known = slots[slot] else { return }
        if !known.isIgnored {
            release(slot)
            while deliver(slot, skippingHole: true, "the capture contains no more of this connection", findings: &findings, into: &out) {}
        }
        if known.isIgnored ? saysEnd || known.skipped > 0 : saysEnd && slots[slot]?.hasEnded == false {
            var end = StreamChunk(
                path: known.path, connection: known.connection, pair: known.pair, octets: [], origins: OriginMap(), lostBefore: 0, isEnd: true)
            end.skipped = known.skipped
            out.append(end)
        }
        held -= slots[slot]?.pendingOctets ?? 0
        if let peer = known.peer { slots[peer]?.peer = nil }
        table[PathKey(known.path, seed: seed)] = nil
        slots[slot] = nil
        free.append(slot)
        forgetRecent()
    }

    /// The eviction hand passes over recently used directions once (the "clock" policy): constant work on average.
    private mutating func makeRoom(at origin: Origin, findings: inout FindingLog, into out: inout [StreamChunk]) {
        while table.count >= max(2, limits.tcpStreams) {
            hand = hand + 1 < slots.count ? hand + 1 : 0
            guard let candidate = slots[hand] else { continue }
            if candidate.isRecent {
                slots[hand]?.isRecent = false
                continue
            }
            if !candidate.isIgnored, !candidate.hasEnded {
                findings.report(.net004, "more than \(limits.tcpStreams) TCP directions at once", at: origin, subject: subject(candidate))
            }
            close(hand, saysEnd: true, findings: &findings, into: &out)
        }
    }

    /// Puts the segment's new octets and its end into the direction's waiting list.
    private mutating func take(
        _ segment: TCPSegment, _ count: Int, _ firstOctet: UInt32, of bytes: RawSpan, origin: Origin, time: CaptureTime, slot: Int,
        findings: inout FindingLog
    ) {
        guard var known = slots[slot], !known.isIgnored else { return }
        // Out of the table while it changes, so that its arrays are changed in place.
        slots[slot] = nil
        defer { slots[slot] = known }
        known.isRecent = true
        let position = known.position(of: firstOctet)
        noteEnd(segment, at: position, of: &known)
        guard count > 0, !known.hasEnded else { return }
        // A held stream's start is not settled, so what comes before it counts too.
        let cut = known.isHeld ? 0 : max(0, known.next - position)
        guard cut < count else { return }
        // A probe of one octet before the stream's start is no data (RFC 9293 section 3.8.4).
        if known.isHeld, count == 1, position < known.next, bytes.u8(segment.payloadStart) == 0 { return }
        if known.isHeld { known.heldSegments += 1 }
        let start = segment.payloadStart + cut
        let before = known.pendingOctets
        let agrees = known.insert(
            bytes.array(start..<segment.payloadStart + count), at: position + cut, origin: origin.advanced(by: start), time: time)
        held += known.pendingOctets - before
        if !agrees, !known.hasDisagreed {
            known.hasDisagreed = true
            findings.report(
                .net007, "sequence number \(segment.sequence) was retransmitted with different bytes", at: origin, subject: subject(known))
        }
    }

    /// FIN follows the segment's data; RST takes the place of data. The first one that is plausible counts: a reset with a sequence number
    /// from nowhere ends nothing (RFC 5961 section 3).
    private func noteEnd(_ segment: TCPSegment, at position: Int, of known: inout StreamDirection) {
        let isReset = segment.flags.contains(.reset)
        guard isReset || segment.flags.contains(.finish), known.end == nil, !known.hasEnded,
            abs(position - known.next) <= Self.plausibleDistance
        else { return }
        let end = position + (isReset ? 0 : segment.declaredCount)
        known.end = known.isHeld ? end : max(end, known.next)
    }

    /// The peer says that it has everything before `acknowledgement`: a hole before that is one of the capture, not of the network.
    private mutating func noteAcknowledgement(_ acknowledgement: UInt32, at time: CaptureTime, slot: Int) {
        guard let known = slots[slot], known.acknowledgedAt == nil, !known.isHeld, let first = known.pending.first, first.start > known.next
        else { return }
        let position = known.position(of: acknowledgement)
        if position > known.next, position - known.next <= Self.plausibleDistance { slots[slot]?.acknowledgedAt = time }
    }

    /// Delivers what has become deliverable.
    private mutating func advance(_ slot: Int, at time: CaptureTime, findings: inout FindingLog, into out: inout [StreamChunk]) {
        guard let known = slots[slot], !known.isIgnored, !known.hasEnded else { return }
        if known.isHeld {
            guard !known.pending.isEmpty || known.end != nil else { return }
            let isDue =
                known.heldSegments >= Self.startAllowance.segments || hasPassed(Self.startAllowance.nanoseconds, since: known.started, at: time)
                || known.pendingOctets > limits.tcpPendingOctets
            guard isDue else { return }
            release(slot)
        }
        while deliver(slot, skippingHole: false, "", findings: &findings, into: &out) {}
        guard let waiting = slots[slot], let first = waiting.pending.first, first.start > waiting.next else { return }
        if let acknowledged = waiting.acknowledgedAt, hasPassed(Self.reorderAllowance, since: acknowledged, at: time) {
            skipHole(slot, "the receiver acknowledged them", findings: &findings, into: &out)
        } else if limits.tcpHoleSeconds < 9e9, hasPassed(Int64(max(0, limits.tcpHoleSeconds) * 1e9), since: first.time, at: time) {
            skipHole(slot, "they did not arrive for \(limits.tcpHoleSeconds) s", findings: &findings, into: &out)
        }
        while let full = slots[slot], !full.pending.isEmpty,
            full.pendingOctets > limits.tcpPendingOctets || full.pending.count > Self.pieceLimit || held > Self.octetLimit
        {
            findings.report(.net004, "\(full.pendingOctets) bytes were waiting for missing ones", at: full.pending.first?.origin, subject: subject(full))
            skipHole(slot, "too much data was waiting for them", findings: &findings, into: &out)
        }
    }

    private func hasPassed(_ allowance: Int64, since earlier: CaptureTime, at time: CaptureTime) -> Bool {
        let (passed, over) = time.nanoseconds.subtractingReportingOverflow(earlier.nanoseconds)
        return over ? time > earlier : passed > allowance
    }

    private mutating func skipHole(_ slot: Int, _ reason: String, findings: inout FindingLog, into out: inout [StreamChunk]) {
        var skips = true
        while deliver(slot, skippingHole: skips, reason, findings: &findings, into: &out) { skips = false }
    }

    /// Settles where a stream without SYN begins.
    private mutating func release(_ slot: Int) {
        guard let known = slots[slot], known.isHeld else { return }
        slots[slot]?.isHeld = false
        slots[slot]?.acknowledgedAt = nil
        if let first = known.pending.first { slots[slot]?.next = first.start }
    }

    /// Delivers one run, and the end when it is reached. False when there was nothing.
    private mutating func deliver(
        _ slot: Int, skippingHole: Bool, _ reason: String, findings: inout FindingLog, into out: inout [StreamChunk]
    ) -> Bool {
        guard var known = slots[slot], !known.hasEnded else { return false }
        slots[slot] = nil
        defer { slots[slot] = known }
        var chunk = known.takeRun(skippingHole: skippingHole)
        if let run = chunk {
            held -= run.octets.count
            known.acknowledgedAt = nil
            if run.lostBefore > 0 {
                findings.report(
                    .net003, "\(run.lostBefore) bytes missing before this segment: \(reason)", at: run.origins.origin(at: 0), subject: subject(known))
            }
        }
        if let end = known.end, known.pending.isEmpty, known.next >= end || skippingHole && chunk == nil {
            let lost = chunk == nil ? max(0, end - known.next) : 0
            if lost > 0 {
                findings.report(.net003, "\(lost) bytes missing before the end of the connection: \(reason)", at: nil, subject: subject(known))
            }
            known.hasEnded = true
            known.next = max(known.next, end)
            if chunk == nil {
                chunk = StreamChunk(
                    path: known.path, connection: known.connection, pair: known.pair, octets: [], origins: OriginMap(), lostBefore: lost,
                    isEnd: true)
            }
            chunk?.isEnd = true
        }
        guard let chunk else { return false }
        out.append(chunk)
        return true
    }

    private func subject(_ direction: StreamDirection) -> FindingSubject {
        FindingSubject(flow: .transport(direction.path))
    }
}
