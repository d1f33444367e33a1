import Evidence
import MediaCodecs

/// Where the stream stands on the timeline: holding, anchoring, and placing it anew.
extension PlayoutCore {
    mutating func hold(_ entry: PlayoutEntry, payload: RawSpan, into sink: inout some PlayoutSink & ~Copyable) {
        if held.contains(where: { $0.entry.sequence == entry.sequence && $0.entry.timestamp == entry.timestamp }) {
            countDuplicate(entry)
            return
        }
        held.append(HeldPacket(entry: entry, payload: payload.array))
        if held.count >= configuration.holdPackets { resolveHold(into: &sink) }
    }

    /// The largest set of packets that share numbering and clock with one of them, by sequence number; the first such set if several are as large.
    func largestGroup(_ packets: [HeldPacket]) -> [HeldPacket] {
        let limit = configuration.jumpSeconds * 1e9
        let step = 1e9 / Double(clock(of: packets))
        func agree(_ a: PlayoutEntry, _ b: PlayoutEntry) -> Bool {
            guard abs(a.sequence.distance(from: b.sequence)) <= configuration.resetDistance else { return false }
            if codecs.isEvent(a.payloadType) || codecs.isEvent(b.payloadType) { return true }
            return abs(a.delay(since: b, nanosecondsPerUnit: step)) <= limit
        }
        // Events keep the timestamp of their start, so they neither lead nor vote, unless there is nothing else.
        let timed = packets.filter { !codecs.isEvent($0.entry.payloadType) }
        let voters = timed.isEmpty ? packets : timed
        var best: PlayoutEntry?
        var most = 0
        for packet in voters {
            let score = voters.reduce(0) { $0 + (agree($1.entry, packet.entry) ? 1 : 0) }
            if score > most {
                most = score
                best = packet.entry
            }
        }
        guard let best else { return [] }
        // Sorting keeps arrival order among equals only by number, so the index decides.
        let sorted = packets.enumerated().filter { agree($0.element.entry, best) }.sorted {
            let left = $0.element.entry.sequence.distance(from: best.sequence)
            let right = $1.element.entry.sequence.distance(from: best.sequence)
            return left != right ? left < right : $0.offset < $1.offset
        }.map(\.element)
        return withoutContradictions(sorted)
    }

    /// Leaves out packets whose number says one order and whose timestamp the other, the one that contradicts most others first: its number or
    /// timestamp is damaged, and would put the others out of place. `packets` are in order of their numbers.
    private func withoutContradictions(_ packets: [HeldPacket]) -> [HeldPacket] {
        var rest = packets
        while true {
            let faults = rest.indices.map { index in
                rest.indices.count { other in
                    let distance = rest[other].entry.timestamp.distance(from: rest[index].entry.timestamp)
                    let isTimed = !codecs.isEvent(rest[other].entry.payloadType) && !codecs.isEvent(rest[index].entry.payloadType)
                    return isTimed && (other > index ? distance < 0 : other < index && distance > 0)
                }
            }
            guard let most = faults.max(), most > 0 else { return rest }
            // Of two that only contradict each other, the one at the end of the numbers that is farther from the others.
            let worst = rest.indices.filter { faults[$0] == most }
            let middle = rest[rest.count / 2].entry.sequence
            let farthest = worst.max { abs(rest[$0].entry.sequence.distance(from: middle)) < abs(rest[$1].entry.sequence.distance(from: middle)) }
            rest.remove(at: farthest ?? worst[0])
        }
    }

    /// RTP clock of the first packet whose type tells; where nothing describes any, the one that arrivals show, else the clock in use, at first 8000.
    private func clock(of packets: [HeldPacket]) -> Int {
        for packet in packets { if let clock = codecs.clock(of: packet.entry.payloadType) { return clock } }
        let isUndescribed = packets.allSatisfy { codecs.map[$0.entry.payloadType] == nil }
        return isUndescribed && configuration.observedClock > 0 ? configuration.observedClock : line.clock
    }

    mutating func resolveHold(into sink: inout some PlayoutSink & ~Copyable) {
        let packets = judged(held)
        let wasInitial = phase == .initial
        held = []
        guard !packets.isEmpty else { return }
        let group = largestGroup(packets)
        phase = .playing
        countOvertaken(packets)
        if wasInitial {
            expected = group.first?.entry.sequence ?? expected
            anchor(on: group, clamped: false)
            accountedEnd = max(0, line.position(line.units(group.first?.entry.timestamp ?? RTPTimestamp(0))))
        } else if isJoining, let first = group.first?.entry, !isNext(first) {
            isJoining = false
            resynchronize(on: group, into: &sink)
            takeRest(of: packets, besides: group, into: &sink)
            return
        } else if isJoining || !isCatchingUp(group) {
            isJoining = false
            releaseWaiting(into: &sink)
            jointCause = .unknown
            if let first = group.first {
                let missing = first.entry.sequence.distance(from: expected)
                jointCause = missing > 0 ? .networkLoss : first.entry.isMarked ? .discontinuousTransmission : .unknown
                flushResampler(into: &sink)
                anchor(on: group, clamped: true, continues: missing == 0)
                note(.timestampDisagrees, first.entry.origin)
                event(.reanchored, first.entry)
                statistics.resynchronizations += 1
            }
        } else {
            // The numbers and timestamps were right all along.
            lastLag = group.reduce(lastLag) { max($0, lag($1.entry)) }
        }
        for packet in group { order(packet.entry, payload: packet.bytes, into: &sink) }
        takeRest(of: packets, besides: group, into: &sink)
    }

    /// Whether the numbers go on with this packet.
    private func isNext(_ entry: PlayoutEntry) -> Bool { (0...64).contains(entry.sequence.distance(from: expected)) && claim(entry) >= -Double(typicalFrames) }

    /// Judges packets that were held, but do not belong to those that were placed.
    private mutating func takeRest(of packets: [HeldPacket], besides group: [HeldPacket], into sink: inout some PlayoutSink & ~Copyable) {
        guard group.count < packets.count else { return }
        var rest = packets
        for packet in group {
            if let index = rest.firstIndex(where: { $0.entry.sequence == packet.entry.sequence && $0.entry.timestamp == packet.entry.timestamp }) {
                rest.remove(at: index)
            }
        }
        for packet in rest {
            if phase == .playing {
                accept(packet.entry, payload: packet.bytes, into: &sink)
            } else {
                hold(packet.entry, payload: packet.bytes, into: &sink)
            }
        }
    }

    /// Packets that were held in another order than that of their numbers.
    private mutating func countOvertaken(_ packets: [HeldPacket]) {
        guard var highest = packets.first?.entry.sequence else { return }
        for packet in packets.dropFirst() where !packet.entry.isRecovered {
            let distance = packet.entry.sequence.distance(from: highest)
            if distance > 0 { highest = packet.entry.sequence } else if distance > -configuration.reorderPackets { statistics.reordered += 1 }
        }
    }

    private func lag(_ entry: PlayoutEntry) -> Double { line.lag(entry.arrival, line.units(entry.timestamp)) }

    /// Packets that were delayed come faster than they were sent; after a pause they come at the pace of speech.
    private func isCatchingUp(_ group: [HeldPacket]) -> Bool {
        let lags = group.filter { !codecs.isEvent($0.entry.payloadType) }.map { lag($0.entry) }
        guard let least = lags.min(), let first = group.first(where: { !codecs.isEvent($0.entry.payloadType) })?.entry else { return true }
        // Judged as if the first of them had been the least late.
        let isLate = least - leastLag > patience(for: first, ahead: claim(first)) || abs(least) > configuration.driftSeconds * 1e9
        if !isLate { return !isContradicted(first, ahead: claim(first), lag: min(least, lastLag)) }
        guard least > 0, let last = group.last?.entry, group.count > 1 else { return false }
        let arrivals = Double(last.arrival.nanoseconds &- first.arrival.nanoseconds)
        let sent = Double(last.timestamp.distance(from: first.timestamp)) * line.nanosecondsPerUnit
        return arrivals * 2 < sent
    }

    /// Another numbering, or another clock, takes over.
    mutating func resynchronize(on packets: [HeldPacket], into sink: inout some PlayoutSink & ~Copyable) {
        let group = judged(packets)
        guard let first = group.first?.entry else { return }
        releaseWaiting(into: &sink)
        flushResampler(into: &sink)
        let missing = first.sequence.distance(from: expected)
        let continues = missing >= 0 && missing <= configuration.resetDistance
        if clock(of: group) != line.clock {
            event(.clockChange, first)
        } else {
            event(continues ? .timestampReset : .sequenceReset, first)
            note(.reset, first.origin)
        }
        statistics.resynchronizations += 1
        if continues {
            statistics.lost += missing
            pendingMissing += missing
            jointCause = missing > 0 ? .networkLoss : first.isMarked ? .discontinuousTransmission : .unknown
        } else {
            pendingMissing = 0
            jointCause = .unknown
        }
        history = SequenceHistory()
        expected = first.sequence
        anchor(on: group, clamped: true, continues: continues && missing == 0)
        for packet in group { order(packet.entry, payload: packet.bytes, into: &sink) }
    }

    /// Fixes the line by the lower envelope of `group`.
    ///
    /// `clamped`: less than half a second over what is written already is moved behind it, so that a joint costs no sound; more is left to be
    /// trimmed, as the arrival time is what is known. `continues`: no packet is missing before the first, so that less than 60 ms between is the
    /// jitter of the arrivals and no silence.
    private mutating func anchor(on group: [HeldPacket], clamped: Bool, continues: Bool = false) {
        let timed = group.map(\.entry).filter { !codecs.isEvent($0.payloadType) }
        let used = timed.isEmpty ? group.map(\.entry) : timed
        guard let first = used.first else { return }
        let clock = clock(of: group)
        guard let rtpClock = ClockRate(clock), let early = StreamPlayout.envelopeAnchor(pairs: used.map { ($0.arrival, $0.timestamp) }, clock: rtpClock)
        else { return }
        let time = corrected(early, first.timestamp, arrival: first.arrival, clock: clock)
        var rate = clock
        for entry in used where entry.unavailable == nil {
            guard case .audio(let decoder, _) = codecs.treatment(of: entry.payloadType) else { continue }
            rate = decoder.sampleRate
            break
        }
        changeRate(to: rate)
        let offset = time.nanoseconds &- configuration.timelineStart.nanoseconds &- configuration.advance
        // On the grid of 8,000 frames a second where the rate allows: tracks of different rates then share frame boundaries, and no
        // anchor is known to better than the 125 microseconds that this gives away.
        let grid = Int64(rate % 8000 == 0 ? rate / 8000 : 1)
        var position = TimestampLine.scale(offset, Int64(rate) / grid, 1_000_000_000) * grid
        position = line.stretched(max(position, 0))
        if continues, abs(position - accountedEnd) <= Int64(rate * 60 / 1000) { position = accountedEnd }
        if clamped, position < accountedEnd, accountedEnd - position <= Int64(rate / 2) { position = accountedEnd }
        line.anchor(timestamp: first.timestamp, time: time, position: position, clock: clock, rate: rate)
        lastLag = 0
        leastLag = 0
    }

    /// Positions are counted in the decoder's frames; another decoder's rate recounts them.
    mutating func changeRate(to rate: Int) {
        let old = line.rate
        guard rate != old else { return }
        func recount(_ value: Int64) -> Int64 { TimestampLine.scale(value, Int64(rate), Int64(old)) }
        accountedEnd = recount(accountedEnd)
        writtenEnd = recount(writtenEnd)
        typicalFrames = max(1, recount(typicalFrames))
        if var gap = openGap {
            gap.start = recount(gap.start)
            gap.lastPosition = recount(gap.lastPosition)
            openGap = gap
        }
        line.changeRate(to: rate)
    }
}
