import Evidence
import MediaCodecs

/// The state of a stream's playout. A struct, so that one access to the owning class covers a whole packet.
///
///     initial ──(held enough)──► playing ──(numbers go on, arrivals say another time)──► reconsidering ──► playing
///                                  │  ▲
///                                  │  └─ suspects confirmed: placed anew; not confirmed: strays
///                                  └─ packets that fit neither numbers nor time are suspects
struct PlayoutCore {
    enum Phase { case initial, playing, reconsidering }

    let configuration: StreamPlayout.Configuration

    // What every packet needs stands together: with a thousand streams in turn, each further cache line is a miss.
    var phase = Phase.initial
    /// Fast path allowed: playing, and nothing held, suspected, waiting or open.
    var isPlain = false
    var isExhausted = false
    /// Stands in for timestamps that are no time.
    var counted: CountedTime?
    /// Tells packets apart that have one timestamp.
    var shared: SharedTime?
    /// The audio payload type in use; 255 before the first.
    var currentType: UInt8 = 255
    var expected = SequenceNumber(0)
    var line: TimestampLine
    var lastLag = 0.0
    /// Lag of the least late packets since the anchor; it may rise as slowly as clocks drift.
    var leastLag = 0.0
    /// When the next span begins whose packets are left out.
    var pauseFrom = CaptureTime.distantFuture
    private var pauseIndex = 0
    var decoder: (any AudioDecoder)?
    /// Frames, at `line.rate`. Up to here samples were placed.
    var writtenEnd: Int64 = 0
    /// Up to here everything is sound or a gap.
    var accountedEnd: Int64 = 0
    /// Frames of the last packet decoded.
    var typicalFrames: Int64 = 160
    /// Numbers missing since the last packet that belongs to the timeline.
    var pendingMissing = 0
    var lastOrigin = Origin(capture: 0, frame: 0)
    private var previous: PlayoutEntry?
    private(set) var jitterNanoseconds = 0.0
    var fates = FateLedger()
    var quality = QualityMeter()
    /// Packets of `runType` that `typeCounts` does not hold yet.
    private var runType: UInt8 = 0
    private var runCount = 0
    var history = SequenceHistory()
    /// Decoded samples; lent by whoever feeds many streams, so that it is the same memory for all.
    var scratch: [Int16] = []
    var openGap: OpenGap?
    var resampler: Resampler?
    /// Rate of the decoder that `resampler`, or its absence, is for.
    var resamplerRate = 0
    var statistics = PlayoutStatistics()

    var codecs: PlayoutCodecs
    /// Piece of the decided timeline that comes next, and whether what is held begins one.
    var pieceIndex = 0
    var isJoining = false
    /// Packets held until the stream is anchored.
    var held: [HeldPacket] = []
    /// Packets that may be the start of another numbering, and how many ordinary ones came since the first.
    var suspects: [HeldPacket] = []
    var ordinarySinceSuspect = 0
    var waiting = ReorderBuffer()
    /// Cause of the gap at a joint.
    var jointCause: GapCause?
    var events: [PlayoutEvent] = []
    var incidents = [PlayoutIncident?](repeating: nil, count: PlayoutIncident.Kind.allCases.count)
    private var typeCounts: [Int] = []
    /// What was taken from redundancy lately: the packet itself may still come.
    var recovered: [(sequence: SequenceNumber, timestamp: RTPTimestamp)] = []
    /// Numbers and timestamps of the latest redundant packet, which tell how far apart packets are.
    var lastRedundant: (sequence: SequenceNumber, timestamp: RTPTimestamp)?
    /// Only where packets have to be taken apart.
    var deinterleaver: Deinterleaver?
    var tones = ToneAssembler()
    var detector = ToneDetector()
    var resampled: [Int16] = []
    var resampledChannels = 1

    init(_ configuration: StreamPlayout.Configuration) {
        self.configuration = configuration
        line = TimestampLine(drift: configuration.drift)
        codecs = PlayoutCodecs(map: configuration.payloadMap)
        pauseFrom = configuration.pauses.first?.from ?? .distantFuture
    }

    mutating func setPayloadMap(_ map: [PayloadType: CodecDescription]) {
        if currentType < 128, codecs.map[PayloadType(currentType)] != map[PayloadType(currentType)] {
            currentType = 255
            decoder = nil
        }
        codecs.replace(map)
    }

    /// Why a packet that arrives now is left out; nil when it is not. What was held up belongs to the time when it was sent.
    @inline(never)
    mutating func pauseCause(_ arrival: CaptureTime, _ timestamp: RTPTimestamp) -> GapCause? {
        let pauses = configuration.pauses
        while pauseIndex < pauses.count, seconds(arrival, since: pauses[pauseIndex].until) > FlowTimeline.longestStall { pauseIndex += 1 }
        guard pauseIndex < pauses.count else {
            pauseFrom = .distantFuture
            return nil
        }
        pauseFrom = pauses[pauseIndex].from
        let moment = configuration.timeline?.moment(of: timestamp, arrivingAt: arrival) ?? arrival
        return pauses[pauseIndex...].first { $0.from <= moment && moment < $0.until }?.cause
    }

    // MARK: one packet

    mutating func push(_ packet: borrowing PlayoutPacket, into sink: inout some PlayoutSink & ~Copyable) {
        let entry = PlayoutEntry(
            sequence: packet.sequence, timestamp: packet.timestamp, payloadType: packet.payloadType, arrival: packet.arrival, origin: packet.origin,
            unavailable: packet.arrival >= pauseFrom ? pauseCause(packet.arrival, packet.timestamp) : nil, isMarked: packet.isMarked,
            absent: packet.absent, isSnapped: packet.isSnapped)
        push(entry, payload: packet.payload, into: &sink)
    }

    mutating func push(_ captured: PlayoutEntry, payload: RawSpan, into sink: inout some PlayoutSink & ~Copyable) {
        var entry = captured
        if counted != nil { entry.timestamp = counted?.timestamp(of: entry.sequence) ?? entry.timestamp }
        count(entry)
        if isPlain, entry.sequence == expected, entry.payloadType.value == currentType, entry.unavailable == nil, entry.absent == 0 {
            let units = line.units(entry.timestamp)
            let lag = line.lag(entry.arrival, units)
            if lag - lastLag <= Self.longestStep, lag >= -configuration.driftSeconds * 1e9, line.position(units) == accountedEnd {
                play(entry, payload: payload, missing: 0, into: &sink)
                isPlain = openGap == nil && !isExhausted
                return
            }
        }
        pushSlowly(entry, payload: payload, into: &sink)
    }

    private mutating func pushSlowly(_ captured: PlayoutEntry, payload: RawSpan, into sink: inout some PlayoutSink & ~Copyable) {
        var entry = captured
        if isExhausted {
            statistics.refused += 1
            note(.gapBound, entry.origin)
            account(.limit, .longestGap, entry)
            return
        }
        expire(now: entry.arrival, into: &sink)
        // Of what has to be taken apart first a beginning tells nothing.
        if entry.absent > 0, entry.unavailable == nil, deinterleaver != nil || codecs.isSeparate(entry.payloadType) || codecs.isRedundant(entry.payloadType) {
            entry.unavailable = entry.absence
        }
        if entry.unavailable == nil, codecs.isUnknown(entry.payloadType), looksLikeEvent(payload) { codecs.assumeEvents(entry.payloadType) }
        if deinterleaver != nil || entry.unavailable == nil && codecs.isSeparate(entry.payloadType) {
            pushInterleaved(entry, payload: payload, into: &sink)
        } else if entry.unavailable == nil, codecs.isRedundant(entry.payloadType) {
            pushRedundant(entry, payload: payload, into: &sink)
        } else {
            pushSingle(entry, payload: payload, into: &sink)
        }
        updatePlain()
    }

    mutating func pushSingle(_ entry: PlayoutEntry, payload: RawSpan, into sink: inout some PlayoutSink & ~Copyable) {
        if phase == .playing { accept(entry, payload: payload, into: &sink) } else { hold(entry, payload: payload, into: &sink) }
    }

    mutating func advance(to now: CaptureTime, into sink: inout some PlayoutSink & ~Copyable) {
        guard now >= nextDeadline else { return }
        expire(now: now, into: &sink)
        if let last = statistics.lastArrival, seconds(now, since: last) > configuration.reorderSeconds { flushResampler(into: &sink) }
        updatePlain()
    }

    mutating func giveWay(into sink: inout some PlayoutSink & ~Copyable) {
        if let last = statistics.lastArrival, deinterleaver != nil { expireGroups(now: last, atEnd: true, into: &sink) }
        if phase == .playing { releaseWaiting(into: &sink) }
        flushResampler(into: &sink)
        updatePlain()
    }

    mutating func finish(into sink: inout some PlayoutSink & ~Copyable) {
        if deinterleaver != nil, let last = statistics.lastArrival { expireGroups(now: last, atEnd: true, into: &sink) }
        // Each step may start what a later one ends; every round uses up packets.
        var rounds = 0
        while rounds < 64, !held.isEmpty || !suspects.isEmpty || !waiting.isEmpty {
            if phase != .playing { resolveHold(into: &sink) }
            if !suspects.isEmpty { decideSuspects(atEnd: true, into: &sink) }
            releaseWaiting(into: &sink)
            rounds += 1
        }
        dropLeftovers()
        finishTones()
        closeGapAtEnd(into: &sink)
        flushResampler(into: &sink)
        updatePlain()
    }

    mutating func updatePlain() {
        isPlain =
            phase == .playing && suspects.isEmpty && waiting.isEmpty && openGap == nil && pendingMissing == 0 && !isExhausted && decoder != nil
            && deinterleaver == nil
    }

    // MARK: time

    func seconds(_ now: CaptureTime, since then: CaptureTime) -> Double { Double(now.nanoseconds) / 1e9 - Double(then.nanoseconds) / 1e9 }

    var nextDeadline: CaptureTime {
        var best = CaptureTime.distantFuture
        func consider(_ since: CaptureTime?, _ seconds: Double) {
            guard let since else { return }
            let (sum, overflow) = since.nanoseconds.addingReportingOverflow(Int64(seconds * 1e9) + 1)
            if !overflow { best = min(best, CaptureTime(nanoseconds: sum)) }
        }
        consider(held.first?.entry.arrival, configuration.holdSeconds)
        consider(suspects.first?.entry.arrival, configuration.holdSeconds)
        if !waiting.isEmpty { consider(waiting.oldest, configuration.reorderSeconds) }
        consider(deinterleaver?.deadline, 0)
        if resampler?.end != nil { consider(statistics.lastArrival, configuration.reorderSeconds) }
        return best
    }

    /// Gives up waiting where `now` says so.
    mutating func expire(now: CaptureTime, into sink: inout some PlayoutSink & ~Copyable) {
        if deinterleaver != nil { expireGroups(now: now, into: &sink) }
        if phase != .playing, let first = held.first, seconds(now, since: first.entry.arrival) > configuration.holdSeconds { resolveHold(into: &sink) }
        if let first = suspects.first, seconds(now, since: first.entry.arrival) > configuration.holdSeconds {
            decideSuspects(atEnd: false, into: &sink)
        }
        while phase == .playing, !waiting.isEmpty,
            waiting.count > configuration.reorderPackets || seconds(now, since: waiting.oldest) > configuration.reorderSeconds
        {
            skipMissing(into: &sink)
        }
    }

    // MARK: counting

    @inline(__always)
    private mutating func count(_ entry: PlayoutEntry) {
        if statistics.packets == 0 { statistics.firstArrival = entry.arrival }
        statistics.packets &+= 1
        statistics.lastArrival = entry.arrival
        let type = entry.payloadType.value & 0x7F
        if type != runType { changeRun(to: type) }
        runCount &+= 1
        if let previous, phase == .playing {
            let change = abs(entry.delay(since: previous, nanosecondsPerUnit: line.nanosecondsPerUnit))
            // A joint or a pause is not jitter.
            if change <= configuration.jumpSeconds * 1e9, entry.timestamp != previous.timestamp { jitterNanoseconds += (change - jitterNanoseconds) / 16 }
        }
        previous = entry
    }

    @inline(never)
    private mutating func changeRun(to type: UInt8) {
        if runCount > 0 {
            if typeCounts.isEmpty { typeCounts = [Int](repeating: 0, count: 128) }
            typeCounts[Int(runType)] &+= runCount
        }
        runType = type
        runCount = 0
    }

    var summary: PlayoutStatistics {
        var typeCounts = typeCounts.isEmpty ? [Int](repeating: 0, count: 128) : typeCounts
        typeCounts[Int(runType)] &+= runCount
        var out = statistics
        if let deinterleaver {
            // In packets, not in frames.
            out.lost = deinterleaver.lost
            out.duplicates = deinterleaver.duplicates
            out.reordered = deinterleaver.reordered
            out.late += deinterleaver.late
        }
        out.jitter = jitterNanoseconds / 1e9
        out.quality = quality
        out.quality.close(jitterNanoseconds)
        out.payloadTypes = typeCounts.enumerated().filter { $0.element > 0 }.map {
            PlayoutStatistics.PayloadTypeCount(payloadType: PayloadType(UInt8($0.offset)), packets: $0.element)
        }
        out.endPosition = line.settled(TimestampLine.scale(writtenEnd, Int64(configuration.trackRate), Int64(line.rate)))
        return out
    }

    mutating func note(_ kind: PlayoutIncident.Kind, _ origin: Origin, count: Int = 1) {
        if var known = incidents[kind.rawValue] {
            known.count += count
            known.last = origin
            incidents[kind.rawValue] = known
        } else {
            incidents[kind.rawValue] = PlayoutIncident(kind: kind, count: count, first: origin, last: origin)
        }
    }

    mutating func event(_ kind: PlayoutEvent.Kind, _ entry: PlayoutEntry) {
        if events.count < 1000 { events.append(PlayoutEvent(kind: kind, time: entry.arrival, origin: entry.origin)) }
    }
}
