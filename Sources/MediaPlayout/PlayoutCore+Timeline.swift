import Evidence

/// Carrying out what was decided of the stream's time over all of its packets.
extension PlayoutCore {
    /// The decisions, where they hold for a packet that comes now: they were made by another clock, or not for this part, otherwise.
    private func decided(_ entry: PlayoutEntry) -> FlowTimeline? {
        guard let timeline = configuration.timeline, phase == .initial || timeline.clock == line.clock, counted == nil, shared == nil,
            entry.arrival >= timeline.knownFrom, entry.arrival < timeline.knownUntil
        else { return nil }
        return timeline
    }

    /// How a packet relates to the numbering and the clock by those decisions; nil where there are none.
    mutating func decidedFit(_ entry: PlayoutEntry, units: Int64, lag: Double, isInRange: Bool) -> Fit? {
        guard decided(entry) != nil else { return nil }
        guard isInRange else { return .foreign }
        let distance = entry.sequence.distance(from: expected)
        let ahead = claim(entry)
        let doubtful = Self.claimed * Double(line.rate)
        if distance == 0, ahead < -doubtful - Double(typicalFrames) { return .foreign }
        if distance >= 0, ahead > doubtful, lag < leastLag - Self.longestStep { return .foreign }
        return .ordinary
    }

    /// Whether another piece begins with this packet.
    mutating func beginsPiece(_ entry: PlayoutEntry) -> Bool {
        guard let pieces = decided(entry)?.pieces else { return false }
        var index = pieceIndex
        while index < pieces.count, pieces[index].arrival <= entry.arrival {
            if pieces[index].kind != .start, pieces[index].sequence == entry.sequence, pieces[index].timestamp == entry.timestamp {
                pieceIndex = index + 1
                return true
            }
            index += 1
            // What would have come by now does not come any more.
            if index < pieces.count, seconds(entry.arrival, since: pieces[index].arrival) > configuration.reorderSeconds { pieceIndex = index }
        }
        return false
    }

    /// Whether a packet with an unexpected number is the next sound all the same: its time was not heard yet, and it comes when it should.
    func isNextSound(_ entry: PlayoutEntry, units: Int64, lag: Double, distance: Int) -> Bool {
        guard distance != 0, !entry.isRecovered, counted == nil, shared == nil, suspects.isEmpty || distance < 0 else { return false }
        if let last = waiting.packets.last?.entry {
            guard entry.sequence.distance(from: last.sequence) < 0 || entry.sequence.distance(from: last.sequence) > 64 else { return false }
            let ahead = line.position(units) - line.position(line.units(last.timestamp))
            return ahead > 0 && isAnew(entry.sequence.distance(from: last.sequence), ahead: ahead) && abs(lag - lastLag) <= Self.longestStep
        }
        let position = line.position(units)
        if position == accountedEnd, openGap == nil, pendingMissing == 0 { return true }
        let heard = max(writtenEnd, accountedEnd, (openGap?.lastPosition ?? 0) + 1)
        return position >= heard && isAnew(distance, ahead: position - heard) && abs(lag - lastLag) <= Self.longestStep
    }

    /// Whether numbers step back, or on by more packets than there was time for; `ahead`: frames of time that passed.
    private func isAnew(_ distance: Int, ahead: Int64) -> Bool {
        distance < 0 || distance > 64 && Double(ahead) < 0.5 * Double(distance) * Double(typicalFrames)
    }

    /// The numbering began anew while time goes on: nothing is missing, and nothing moves.
    mutating func renumber(_ entry: PlayoutEntry, payload: RawSpan, into sink: inout some PlayoutSink & ~Copyable) {
        releaseWaiting(into: &sink)
        note(.reset, entry.origin)
        event(.sequenceReset, entry)
        expected = entry.sequence
        order(entry, payload: payload, into: &sink)
    }

    /// The sender's pause is over, or another numbering begins: what comes is placed by its own arrivals.
    mutating func join(_ entry: PlayoutEntry, payload: RawSpan, into sink: inout some PlayoutSink & ~Copyable) {
        phase = .reconsidering
        isJoining = true
        hold(entry, payload: payload, into: &sink)
    }

    /// The moment of a timestamp where all packets of the piece say that it is before `time`, which the first of them say; else `time`.
    func corrected(_ time: CaptureTime, _ timestamp: RTPTimestamp, arrival: CaptureTime, clock: Int) -> CaptureTime {
        guard let timeline = configuration.timeline, timeline.clock == clock, arrival >= timeline.knownFrom, arrival < timeline.knownUntil,
            let piece = timeline.piece(at: arrival)
        else { return time }
        return CaptureTime(nanoseconds: time.nanoseconds &- timeline.correction(of: time, timestamp: timestamp, in: piece))
    }
}
