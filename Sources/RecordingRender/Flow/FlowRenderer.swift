import Evidence
import MediaCodecs
import MediaPlayout
import PacketInput
import RTPSyntax
import RecordingPlan
import RecordingRecords
import StreamMatching

/// What all flows of a recording are played out by.
struct FlowSettings {
    /// Frame 0 of every track.
    let start: CaptureTime
    /// Seconds that one gap may last.
    let gapSeconds: Double
    let conceals: Bool
    let findsTones: Bool
    let masksTones: Bool
    let usesLibSRTPOnly: Bool
    /// Nanoseconds by which the clocks of the captures differ, at most.
    let skew: Int64

    init(start: CaptureTime, options: ReconstructionOptions, skew: Int64) {
        self.start = start
        self.skew = skew
        gapSeconds = options.limits.gapSeconds
        conceals = options.concealment == .plc
        masksTones = options.redactions.contains(.dtmf)
        findsTones = options.findsInbandDTMF || masksTones
        usesLibSRTPOnly = options.usesLibSRTPOnly
    }
}

/// One flow while its recording is live: opens what is encrypted, plays out, and hands samples to the track of each piece.
///
/// It knows neither its recording nor other flows. What concerns them waits in it until the recording comes for it.
@safe
struct FlowRenderer: ~Copyable {
    /// Gaps kept for one flow; a stream with more is one long trouble and the count says so.
    private static let gapLimit = 20_000
    /// Seconds that a cut packet waits for a whole copy: less than the playout waits for a missing one.
    private static let cutPatience = 0.25
    /// Packets by which the copy to one recorder may be behind that to another.
    private static let twinSetback = 200

    // What every packet needs stands together.
    /// Packets that are still to come; the survey counted them.
    private var remaining: Int
    private let isFiltered: Bool
    /// Only some of the flow's packets are for this recording.
    private let isPart: Bool
    /// Packets are worth learning from: some restore others.
    private var isRepaired = false
    private var supply = SupplyTally()
    private var packets = 0
    private var schedule: FlowSchedule
    var playout: StreamPlayout?
    var sink: FlowSink
    private var opening: FlowOpening
    private var evidence: HeaderEvidence
    private var text: TextPlayout?
    private var raw: RawPackets?

    let number: Int
    let ssrc: SSRC
    private let settings: FlowSettings
    /// Nanoseconds by which its sound belongs before the time of its arrival.
    private let advance: Int64
    private let hasTwins: Bool
    private let usesBeginnings: Bool
    private let setback: Int
    /// What becomes of packets that belong to no track.
    private let unplaced: UnplacedPackets
    /// Only where the survey saw the flow repeat; made with its first packet.
    private var filter: DuplicateFilter?
    /// Cut packets that wait for a whole copy.
    private var cut: [CutPacket] = []
    /// Nil where nothing was negotiated that restores packets.
    var repair: PacketRepair?
    /// Packets here are about those of other flows, to which `repairs` goes.
    let repairsOthers: Bool
    var repairs: [RepairPacket] = []
    private var qualityPackets = 0
    private var isClosed = false
    private var badPackets: (count: Int, first: Origin, last: Origin)?
    private var result: FlowResult

    /// Each cut packet whose beginning is used is a gap of its own. With more of them than this all of their time is one gap.
    private static let mostBeginnings = 10_000

    /// `speaker`: the number of the flow in the recording.
    init(
        _ planned: PlannedFlow, speaker: Int, rows: ContiguousArray<FlowRow>, timing: FlowTiming, settings: FlowSettings, unplaced: UnplacedPackets,
        repairsOthers: Bool, isRepairedByOthers: Bool
    ) {
        let row = rows[planned.flow]
        let twinPackets = planned.twins.reduce(0) { $0 + rows[$1].packets }
        number = planned.flow
        ssrc = row.ssrc
        self.settings = settings
        self.unplaced = unplaced
        self.repairsOthers = repairsOthers
        remaining = planned.window.isWhole ? row.packets + twinPackets : .max
        isPart = !planned.window.isWhole
        advance = planned.placement?.advance ?? 0
        hasTwins = !planned.twins.isEmpty
        usesBeginnings = row.cutPackets <= Self.mostBeginnings
        setback = max(Int(row.setback), twinPackets > 0 ? Self.twinSetback : 0)
        isFiltered = row.setback >= 0 || twinPackets > 0
        schedule = FlowSchedule(planned, timing: timing, hidesTones: settings.masksTones)
        opening = FlowOpening(planned, usesLibSRTPOnly: settings.usesLibSRTPOnly)
        evidence = HeaderEvidence(planned.levels)
        sink = FlowSink(speaker: speaker)
        result = FlowResult(flow: planned.flow)
        result.clock = timing.drift
        raw = planned.hasUndecodable(row) ? RawPackets(path: row.path, start: settings.start) : nil
        repair = PacketRepair(planned.payloadMaps)
        isRepaired = repair?.isUseful(for: row.payloadTypes.map(\.type)) ?? false
        if isRepairedByOthers {
            isRepaired = true
            repair = repair ?? PacketRepair()
        }
    }

    // MARK: what the recording does

    /// Takes the next packet in capture order; true when there is something for the recording to do.
    @inline(__always)
    mutating func push(_ packet: ArrivedPacket, on tracks: inout TrackSet, scratch: inout [Int16]) -> Bool {
        swap(&sink.tracks, &tracks)
        packets &+= 1
        supply.add(packet.origin.capture)
        if isPart { notePart(packet) }
        if packet.header.hasExtension || packet.header.csrcCount > 0 { evidence.add(packet) }
        if isFiltered { sift(packet, &scratch) } else { take(packet, &scratch) }
        swap(&sink.tracks, &tracks)
        remaining &-= 1
        return remaining == 0 || sink.wantedTrack != nil || !repairs.isEmpty
    }

    /// All its packets were here.
    var isOver: Bool { remaining == 0 }

    /// Who it is heard as: the number of the first flow of the recording that is this one.
    var speaker: Int { sink.speaker }

    /// The track that its sound waits for because another flow was heard there last.
    var wantedTrack: Int? { sink.wantedTrack }

    /// Puts down what waited, as far as the tracks are this flow's.
    mutating func placeWaiting(on tracks: inout TrackSet) { sink.placeWaiting(on: &tracks) }

    /// Another flow goes on in the same track: what waits for a missing packet is placed before that, as a track is written front to back.
    mutating func giveWay(on tracks: inout TrackSet) {
        swap(&sink.tracks, &tracks)
        playout?.giveWay(into: &sink)
        swap(&sink.tracks, &tracks)
    }

    /// Hands over what its packets say about those of other flows.
    mutating func takeRepairs() -> [RepairPacket] {
        guard !repairs.isEmpty else { return [] }
        defer { repairs = [] }
        return repairs
    }

    /// What another flow brings for this one.
    mutating func take(_ packet: RepairPacket, on tracks: inout TrackSet, scratch: inout [Int16]) {
        swap(&sink.tracks, &tracks)
        restore(packet, &scratch)
        swap(&sink.tracks, &tracks)
    }

    /// There are no more packets.
    mutating func close(on tracks: inout TrackSet) {
        guard !isClosed else { return }
        isClosed = true
        swap(&sink.tracks, &tracks)
        var scratch: [Int16] = []
        releaseCut(before: .distantFuture, &scratch)
        closePiece()
        swap(&sink.tracks, &tracks)
        conclude()
    }

    /// Hands the result over and keeps none of it.
    mutating func takeResult() -> FlowResult {
        defer { result = FlowResult(flow: number) }
        result.fates.add(sink.displaced)
        // Where other sound stands at the place of all its packets, nothing is heard of it.
        if result.fates.heard <= 0, result.recovered.total == 0 { result.covered = [] }
        return result
    }

    // MARK: one packet

    @inline(never)
    private mutating func notePart(_ packet: ArrivedPacket) {
        var part = result.part ?? FlowPart(packet.time, packet.origin)
        part.add(packet.time, packet.origin, packet.header.payloadType)
        result.part = part
    }

    /// Takes a packet of a flow that repeats: each packet once, the whole one where another is cut.
    @inline(never)
    private mutating func sift(_ packet: ArrivedPacket, _ scratch: inout [Int16]) {
        releaseCut(before: packet.time.advanced(bySeconds: -Self.cutPatience), &scratch)
        if filter == nil { filter = DuplicateFilter(setback: setback, skew: settings.skew) }
        switch filter?.judge(packet) ?? .fresh {
        case .fresh where packet.isCut: cut.append(CutPacket(packet))
        case .fresh: take(packet, &scratch)
        // With two recorders everything comes twice.
        case .duplicate where !hasTwins:
            result.duplicates += 1
            result.fates.add(.copy, .repeated, packet.origin, of: filter?.original, number: packets)
        case .copy, .duplicate:
            result.copies += 1
            supply.noteCopy(packet.origin.capture)
        case .better:
            result.copies += 1
            guard let index = cut.firstIndex(where: { $0.header.sequence == packet.header.sequence }) else {
                supply.noteCopy(packet.origin.capture)
                return
            }
            let earlier = cut.remove(at: index)
            supply.noteCopy(earlier.origin.capture)
            // It was there when the cut copy was: that is the clock which the rest of the stream goes by.
            take(
                ArrivedPacket(packet.octets, header: packet.header, time: earlier.time, origin: packet.origin, mark: packet.mark), &scratch)
        }
    }

    private mutating func releaseCut(before time: CaptureTime, _ scratch: inout [Int16]) {
        while let first = cut.first, first.time < time {
            cut.removeFirst()
            let packet = ArrivedPacket(
                unsafe first.octets.span.bytes, header: first.header, time: first.time, origin: first.origin, mark: .none, absent: first.absent,
                isSnapped: first.isSnapped)
            take(packet, &scratch)
        }
    }

    @inline(__always)
    private mutating func take(_ packet: ArrivedPacket, _ scratch: inout [Int16]) {
        if packet.time >= schedule.pieceEnd { enterPiece(packet.time) }
        if packet.time >= schedule.nextMap, !opening.isSecure { enterMap(packet.time, packet.header, packet.payload) }
        guard playout != nil else { return pass(packet) }
        if packet.isCut {
            takeCut(packet, &scratch)
        } else if opening.isSecure {
            open(packet, &scratch)
        } else if let payload = packet.payload {
            if raw != nil, schedule.isUndecodable(packet.header.payloadType, at: packet.time) { raw?.append(packet, payload: payload) }
            playout?.push(packet.played(payload), into: &sink, scratch: &scratch)
            if isRepaired {
                let header = packet.header.headerLength
                learn(packet, body: packet.octets.extracting(header..<packet.octets.byteCount), count: payload.byteCount, &scratch)
            }
        } else {
            malformed(packet.origin)
        }
    }

    /// Takes a packet that no track waits for.
    @inline(never)
    private mutating func pass(_ packet: ArrivedPacket) {
        if let pause = schedule.timing.pause(at: packet.time) {
            result.fates.add(.paused, pause.cause == .pause ? .pause : .hold, packet.origin, number: packets)
        } else if text == nil {
            result.fates.add(unplaced.fate, unplaced.ground, packet.origin, number: packets)
        } else if packet.isCut {
            result.fates.add(.notDecodable, .snapLength, packet.origin, number: packets)
        } else {
            let fate = pushText(packet)
            result.fates.add(fate, fate == .notOpened && !opening.hasKeys ? .noKey : fate.usualGround, packet.origin, number: packets)
        }
    }

    /// Plays what is there of a packet in clear; what is encrypted authenticates only as a whole. A snap length that takes more than it leaves was meant
    /// to keep headers: what it leaves is a hum at the rate of the packets.
    @inline(never)
    private mutating func takeCut(_ packet: ArrivedPacket, _ scratch: inout [Int16]) {
        guard usesBeginnings, !opening.isSecure, let payload = packet.beginning, !packet.isSnapped || payload.byteCount >= Int(packet.absent) else {
            return mark(packet, packet.absence)
        }
        playout?.push(packet.played(payload), into: &sink, scratch: &scratch)
    }

    @inline(never)
    private mutating func open(_ packet: ArrivedPacket, _ scratch: inout [Int16]) {
        switch opening.open(packet) {
        case .opened(let count, let isKeyNew):
            if opening.isHolding { release(retrying: isKeyNew, &scratch) }
            let length = opening.unpadded(count, packet.header)
            // Taken out: lent beside the sink it would be counted up and down.
            var plain: [UInt8] = []
            swap(&plain, &opening.plain)
            if raw != nil, schedule.isUndecodable(packet.header.payloadType, at: packet.time) {
                raw?.append(packet, payload: unsafe plain.span.bytes.extracting(0..<length))
            }
            play(plain, length, packet.header, packet.time, packet.origin, &scratch)
            if isRepaired {
                learn(packet, body: unsafe plain.span.bytes.extracting(0..<min(count, plain.count)), count: min(length, count), &scratch)
            }
            swap(&plain, &opening.plain)
        case .inClear:
            guard let payload = packet.payload else { return malformed(packet.origin) }
            playout?.push(packet.played(payload), into: &sink, scratch: &scratch)
        case .noKey: mark(packet, .noKey)
        case .found: release(retrying: true, &scratch)
        case .full: release(retrying: false, &scratch)
        case .duplicate: result.fates.add(.copy, .repeated, packet.origin, number: packets)
        case .held: break
        }
    }

    /// Gives held packets their place: opened where that is possible now, else as missing.
    private mutating func release(retrying: Bool, _ scratch: inout [Int16]) {
        var kept: [UInt8] = []
        swap(&kept, &opening.plain)
        for packet in opening.release() {
            if retrying, let count = opening.reopen(packet) {
                let length = opening.unpadded(count, packet.header)
                var plain: [UInt8] = []
                swap(&plain, &opening.plain)
                play(plain, length, packet.header, packet.time, packet.origin, &scratch)
                swap(&plain, &opening.plain)
            } else {
                opening.giveUp(packet)
                mark(packet.header, packet.time, packet.origin, .authenticationFailure)
            }
        }
        swap(&kept, &opening.plain)
    }

    /// Plays the first `count` octets of `plain`.
    @inline(__always)
    private mutating func play(
        _ plain: [UInt8], _ count: Int, _ header: RTPHeader, _ time: CaptureTime, _ origin: Origin, _ scratch: inout [Int16]
    ) {
        let payload = unsafe plain.span.bytes.extracting(0..<count)
        if time >= schedule.nextMap { enterMap(time, header, payload) }
        playout?.push(ArrivedPacket.played(payload, header, time, origin), into: &sink, scratch: &scratch)
    }

    private mutating func pushText(_ packet: ArrivedPacket) -> PacketFate {
        if packet.time >= schedule.nextMap { enterMap(packet.time, packet.header, nil) }
        let (header, map) = (packet.header, schedule.map)
        if opening.isSecure {
            guard let count = opening.openAlone(packet) else { return .notOpened }
            let plain = opening.plain
            return text?.push(
                sequence: header.sequence, payloadType: header.payloadType, arrival: packet.time,
                payload: unsafe plain.span.bytes.extracting(0..<opening.unpadded(count, header)), map: map) ?? .refused
        } else if let payload = packet.payload {
            return text?.push(sequence: header.sequence, payloadType: header.payloadType, arrival: packet.time, payload: payload, map: map) ?? .refused
        }
        return .refused
    }

    @inline(never)
    private mutating func mark(_ packet: ArrivedPacket, _ cause: GapCause) { mark(packet.header, packet.time, packet.origin, cause) }

    private mutating func mark(_ header: RTPHeader, _ time: CaptureTime, _ origin: Origin, _ cause: GapCause) {
        playout?.markUndecryptable(
            sequence: header.sequence, timestamp: header.timestamp, payloadType: header.payloadType, arrival: time, origin: origin, cause: cause, into: &sink)
    }

    @inline(never)
    private mutating func malformed(_ origin: Origin) {
        badPackets = (count: (badPackets?.count ?? 0) + 1, first: badPackets?.first ?? origin, last: origin)
        result.fates.add(.refused, .malformed, origin, number: packets)
    }

    // MARK: pieces

    /// Closes the running piece and begins the one that `time` falls in; another piece may mean another participant's file.
    @inline(never)
    private mutating func enterPiece(_ time: CaptureTime) {
        closePiece()
        if schedule.isBefore { opening.begin() }
        guard schedule.enterPiece(at: time) else { return }
        sink.first = nil
        guard let track = schedule.track else {
            // Media that is not audio has no track: its packets are counted, not played.
            sink.track = -1
            if text == nil, schedule.hasText { text = TextPlayout() }
            return
        }
        sink.tracks.begin(track)
        sink.track = track
        var configuration = StreamPlayout.Configuration(
            timelineStart: settings.start, trackRate: sink.tracks[track].planned.sampleRate, payloadMap: schedule.map)
        configuration.gapSeconds = settings.gapSeconds
        configuration.drift = schedule.timing.drift
        configuration.observedClock = schedule.timing.observedClock
        configuration.timeline = schedule.timeline
        configuration.advance = advance
        configuration.pauses = schedule.timing.pauses
        configuration.keepsPayloads = sink.tracks[track].keepsPayloads
        configuration.conceals = settings.conceals
        configuration.findsTones = settings.findsTones
        configuration.masksTones = settings.masksTones
        playout = StreamPlayout(configuration)
    }

    @inline(never)
    private mutating func enterMap(_ time: CaptureTime, _ header: RTPHeader, _ payload: RawSpan?) {
        if schedule.enterMap(at: time, header, payload) { playout?.setPayloadMap(schedule.map) }
    }

    private mutating func closePiece() {
        guard playout != nil else { return }
        if opening.isHolding {
            var scratch: [Int16] = []
            release(retrying: false, &scratch)
        }
        playout?.finish(into: &sink)
        if let outcome = playout?.outcome { note(outcome) }
        result.gaps += sink.gaps.prefix(max(0, Self.gapLimit - result.gaps.count))
        sink.gaps = []
        playout = nil
    }

    private mutating func note(_ outcome: StreamPlayout.Outcome) {
        let statistics = outcome.statistics
        result.fates.add(outcome.fates)
        result.lost += statistics.lost
        result.recovered += statistics.recovered
        if statistics.timestamps != .described { result.timestamps = statistics.timestamps }
        result.duplicates += statistics.duplicates
        result.reordered += statistics.reordered
        result.jitter = statistics.jitter
        result.splices += statistics.splices
        if statistics.packets > qualityPackets {
            qualityPackets = statistics.packets
            result.quality = statistics.quality
        }
        for count in statistics.payloadTypes { result.typeCounts[count.payloadType, default: 0] += count.packets }
        result.events += outcome.events
        result.tones += outcome.tones
        for incident in outcome.incidents {
            result.remarks.append((incident.kind.rule, incident.words, incident.first, incident.last, incident.count))
        }
        if let first = sink.first, sink.track >= 0 {
            let rate = Double(sink.tracks[sink.track].planned.sampleRate)
            result.covered.append(
                (
                    settings.start.advanced(bySeconds: Double(first) / rate),
                    settings.start.advanced(bySeconds: Double(statistics.endPosition) / rate)
                ))
        }
    }

    /// Tells what came of the flow. What is left of it is its result: thousands end while others are live.
    private mutating func conclude() {
        result.packets = packets
        result.end = [sink.lastGapEnd, result.covered.lazy.map(\.until).max()].compactMap(\.self).max()
        result.transmissions = evidence.transmissions
        result.sources = evidence.sources
        evidence = HeaderEvidence(.none)
        if var text {
            text.finish()
            result.text = text.pieces
            result.lost = text.lost
        }
        if let raw, raw.packets > 0 { result.raw = raw.octets }
        text = nil
        raw = nil
        result.supplies = supply.finished()
        opening.finish(into: &result, packets: packets)
        if let badPackets {
            result.remarks.append((.rtp001, "RTP padding is longer than the packet", badPackets.first, badPackets.last, badPackets.count))
        }
        repair = nil
        filter = nil
    }
}
