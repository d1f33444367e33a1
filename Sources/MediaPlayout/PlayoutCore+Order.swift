import Evidence

/// Which packet comes next: order, duplicates, late ones, and what fits nowhere.
extension PlayoutCore {
    enum Fit {
        case ordinary, delayed, foreign
        /// The next sound, under another numbering.
        case renumbered
        /// Where the stream is to be placed anew.
        case joint
    }

    /// How a packet relates to the numbering and the clock of the stream.
    private mutating func fit(_ entry: PlayoutEntry) -> Fit {
        let distance = entry.sequence.distance(from: expected)
        let inRange = distance >= -configuration.resetDistance && distance <= configuration.resetDistance
        // An event keeps the timestamp of its start for as long as it lasts.
        if codecs.isEvent(entry.payloadType) { return inRange ? .ordinary : .foreign }
        if let clock = codecs.clock(of: entry.payloadType), clock != line.clock { return .foreign }
        let units = line.units(entry.timestamp)
        let lag = line.lag(entry.arrival, units)
        if beginsPiece(entry) { return .joint }
        if isNextSound(entry, units: units, lag: lag, distance: distance) { return .renumbered }
        if let decided = decidedFit(entry, units: units, lag: lag, isInRange: inRange) { return decided }
        let isTimely = abs(lag - lastLag) <= configuration.jumpSeconds * 1e9 && abs(lag) <= configuration.driftSeconds * 1e9
        let ahead = claim(entry)
        if inRange, isTimely { return isContradicted(entry, ahead: ahead, lag: lag) ? .delayed : .ordinary }
        // Numbers and timestamps both go on, only the arrival is odd: a stall of the network, or a pause that the timestamps do not count.
        if distance >= 0, distance <= 64, abs(ahead) <= Double(line.rate) { return .delayed }
        return .foreign
    }

    /// Nanoseconds by which a packet may arrive later than the one before without a doubt of its timestamp.
    static var longestStep: Double { 1e8 }
    /// Nanoseconds by which the lower envelope may rise with each packet: at 50 a second a clock that is 1000 ppm slow.
    static var envelopeRise: Double { 20_000 }
    /// Seconds of silence that timestamps may claim, or of sound that they may take back, without a doubt.
    static let claimed = 0.04

    /// Frames of silence that a packet's timestamp claims before it, beside those of packets that are missing; negative where it takes back what
    /// was heard already.
    func claim(_ entry: PlayoutEntry) -> Double {
        Double(line.position(line.units(entry.timestamp)) &- accountedEnd) - Double(entry.sequence.distance(from: expected)) * Double(typicalFrames)
    }

    /// Nanoseconds by which packets have to be later than the envelope before a pause is believed that the timestamps do not count: a marker bit
    /// where they count none says that there was one, otherwise the network is blamed for more.
    func patience(for entry: PlayoutEntry, ahead: Double) -> Double {
        entry.isMarked && ahead <= Self.claimed * Double(line.rate) ? Self.longestStep : 10 * Self.longestStep
    }

    /// Whether arrivals speak against a timestamp whose number is in line: a pause that it does not count, or silence that there was no time for,
    /// or sound in place of what was heard already.
    func isContradicted(_ entry: PlayoutEntry, ahead: Double, lag: Double) -> Bool {
        let distance = entry.sequence.distance(from: expected)
        guard distance >= 0, distance <= 64, !entry.isRecovered else { return false }
        if lag - lastLag > Self.longestStep, lag - leastLag > patience(for: entry, ahead: ahead) { return true }
        let doubtful = Self.claimed * Double(line.rate)
        if ahead > doubtful, lag < leastLag - Self.longestStep { return true }
        return distance == 0 && ahead < -doubtful - Double(typicalFrames)
    }

    mutating func accept(_ entry: PlayoutEntry, payload: RawSpan, into sink: inout some PlayoutSink & ~Copyable) {
        if history.contains(entry.sequence, entry.timestamp) {
            countDuplicate(entry)
            return
        }
        switch fit(entry) {
        case .ordinary:
            if !suspects.isEmpty { ordinarySinceSuspect += 1 }
            order(entry, payload: payload, into: &sink)
        case .renumbered: renumber(entry, payload: payload, into: &sink)
        case .joint: join(entry, payload: payload, into: &sink)
        case .delayed where suspects.isEmpty:
            phase = .reconsidering
            hold(entry, payload: payload, into: &sink)
        case .delayed, .foreign:
            if suspects.contains(where: { $0.entry.sequence == entry.sequence && $0.entry.timestamp == entry.timestamp }) {
                countDuplicate(entry)
                return
            }
            if suspects.isEmpty { ordinarySinceSuspect = 0 }
            suspects.append(HeldPacket(entry: entry, payload: payload.array))
            if suspects.count >= configuration.holdPackets { decideSuspects(atEnd: false, into: &sink) }
        }
    }

    /// A packet of the stream's own numbering: played, or kept until its turn.
    mutating func order(_ entry: PlayoutEntry, payload: RawSpan, into sink: inout some PlayoutSink & ~Copyable) {
        let distance = entry.sequence.distance(from: expected)
        // What waits has a higher number and was there first; a packet that takes its place among those that wait was overtaken, too.
        let isOvertaken = !entry.isRecovered && waiting.packets.last.map { $0.entry.sequence.distance(from: entry.sequence) > 0 } ?? false
        if distance == 0 {
            if isOvertaken { statistics.reordered += 1 }
            play(entry, payload: payload, missing: 0, into: &sink)
            drain(into: &sink)
        } else if distance > 0 {
            guard waiting.insert(HeldPacket(entry: entry, payload: payload.array)) else {
                countDuplicate(entry)
                return
            }
            if isOvertaken { statistics.reordered += 1 }
            if waiting.count > configuration.reorderPackets { skipMissing(into: &sink) }
        } else if history.contains(entry.sequence, entry.timestamp) {
            countDuplicate(entry)
        } else {
            // Its place is silence already, and silence may have been written.
            dropLate(entry)
        }
    }

    /// Plays what has become next in line.
    private mutating func drain(into sink: inout some PlayoutSink & ~Copyable) {
        while let first = waiting.first {
            let distance = first.entry.sequence.distance(from: expected)
            if distance > 0 { return }
            guard let packet = waiting.removeFirst() else { return }
            if distance < 0 {
                dropLate(packet.entry)
                continue
            }
            play(packet.entry, payload: packet.bytes, missing: 0, into: &sink)
        }
    }

    /// Gives up the numbers before the first that waits.
    mutating func skipMissing(into sink: inout some PlayoutSink & ~Copyable) {
        guard let packet = waiting.removeFirst() else { return }
        let missing = packet.entry.sequence.distance(from: expected)
        if missing >= 0 {
            play(packet.entry, payload: packet.bytes, missing: missing, into: &sink)
        } else {
            dropLate(packet.entry)
        }
        drain(into: &sink)
    }

    mutating func releaseWaiting(into sink: inout some PlayoutSink & ~Copyable) {
        while !waiting.isEmpty { skipMissing(into: &sink) }
    }

    // MARK: suspects

    /// Believes the suspects when they continue one another and far outnumber the ordinary packets of the same time; otherwise they are strays.
    mutating func decideSuspects(atEnd: Bool, into sink: inout some PlayoutSink & ~Copyable) {
        let packets = suspects
        let ordinary = ordinarySinceSuspect
        suspects = []
        ordinarySinceSuspect = 0
        guard let leader = packets.first else { return }
        let group = largestGroup(packets)
        let continues = zip(group, group.dropFirst()).contains { (1...16).contains($1.entry.sequence.distance(from: $0.entry.sequence)) }
        // The very last packet cannot be confirmed; the next number in line is not a stray.
        let isLastInLine = atEnd && packets.count == 1 && ordinary == 0 && leader.entry.sequence == expected
        // Of a numbering that ended at most stragglers come; where both go on there are two senders, and the first keeps its place.
        guard group.count > 2 * ordinary, continues || isLastInLine else {
            statistics.strays += packets.count
            note(.stray, leader.entry.origin, count: packets.count)
            dropStrays(packets)
            return
        }
        let strays = packets.count - group.count
        if strays > 0 {
            statistics.strays += strays
            note(.stray, leader.entry.origin, count: strays)
            dropStrays(packets, besides: group)
        }
        resynchronize(on: group, into: &sink)
    }
}
