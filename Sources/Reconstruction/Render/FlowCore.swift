import CaptureSurvey
import Evidence
import MediaCodecs
import MediaPlayout
import PacketInput
import RTPSyntax
import SRTPDecryption
import StreamMatching

/// The state of a flow: opens what is encrypted, plays out, and hands samples to the track of each piece.
@safe struct FlowCore {
    /// Gaps kept for one flow; a stream with more is one long trouble and the count says so.
    private static let gapLimit = 20_000
    /// Rollover counters searched upwards after a hole.
    private static let searchedCounters: UInt32 = 256

    // What every packet needs stands together.
    /// Packets that are still to come; the survey counted them.
    private var remaining: Int
    private let isSecure: Bool
    private let isFiltered: Bool
    private var supply = SupplyTally()
    private var pieceEnd = CaptureTime.distantPast
    private var nextMap = CaptureTime.distantFuture
    var playout: StreamPlayout? {
        didSet { unsafe borrowed = playout.map { unsafe Unmanaged.passUnretained($0) } }
    }
    /// `playout`, without being counted with every packet.
    private var borrowed: Unmanaged<StreamPlayout>?
    var sink: FlowSink
    /// Packets are worth learning from: some restore others.
    var isRepaired = false
    private var packets = 0

    private let planned: PlannedFlow
    private unowned let recording: RecordingRenderer
    private var piece = -1
    private var mapIndex = 0
    private var srtp: SRTPStream? {
        didSet { unsafe opener = srtp.map { unsafe Unmanaged.passUnretained($0) } }
    }
    /// `srtp`, without being counted with every packet.
    private var opener: Unmanaged<SRTPStream>?
    private var clear: ClearPhase
    private var pending = PendingPackets()
    private var keyChanges = 0
    /// Times that the rollover counter was found anew.
    private var searches = 0
    private var searchOrigin = Origin(capture: 0, frame: 0)
    /// Packets taken in clear before the first that authenticated.
    private var clearPackets = 0
    private let timing: FlowTiming
    private var evidence: HeaderEvidence
    let ssrc: SSRC
    /// Nil where nothing was negotiated that restores packets.
    var repair: PacketRepair?
    /// The flows whose packets this one's packets are about; none where they are about its own.
    var repaired: [FlowRenderer] = []
    private var qualityPackets = 0
    private let usesLibSRTPOnly: Bool
    private var plain: [UInt8] = []
    private var isClosed = false
    private var failures: (count: Int, first: Origin, last: Origin)?
    private var closed: (count: Int, first: Origin, last: Origin)?
    private var badPackets: (count: Int, first: Origin, last: Origin)?
    private var result: FlowResult
    private var text: TextPlayout?
    private var raw: RawPackets?
    /// Only where the survey saw the flow repeat; made with its first packet.
    private var filter: DuplicateFilter?
    private let setback: Int
    /// Cut packets that wait for a whole copy.
    private var cut: [CutPacket] = []

    private struct CutPacket {
        let header: RTPHeader
        let time: CaptureTime
        let origin: Origin
    }

    /// Seconds that a cut packet waits for a whole copy: less than the playout waits for a missing one.
    private static let cutPatience = 0.25
    /// Packets by which the copy to one recorder may be behind that to another.
    private static let twinSetback = 200

    init(_ planned: PlannedFlow, row: FlowRow, twinPackets: Int, timing: FlowTiming, recording: RecordingRenderer, usesLibSRTPOnly: Bool) {
        self.planned = planned
        self.recording = recording
        remaining = planned.window.isWhole ? row.packets + twinPackets : .max
        if FlowPlanner.hasUndecodable(planned, row: row) { raw = RawPackets(path: row.path, start: recording.planned.start) }
        setback = max(Int(row.setback), twinPackets > 0 ? Self.twinSetback : 0)
        isFiltered = row.setback >= 0 || twinPackets > 0
        evidence = HeaderEvidence(planned.levels)
        isSecure = planned.isSecure
        clear = planned.security.clear
        sink = FlowSink(flow: planned.flow)
        self.usesLibSRTPOnly = usesLibSRTPOnly
        self.timing = timing
        ssrc = row.ssrc
        repair = PacketRepair(planned.payloadMaps)
        isRepaired = repair?.isUseful(for: row.payloadTypes.map(\.type)) ?? false
        result = FlowResult(flow: planned.flow)
        result.clock = timing.drift
    }

    /// Takes the next packet in capture order; true when it was the last.
    @inline(__always)
    mutating func push(
        _ packet: RawSpan, header: RTPHeader, isCut: Bool, time: CaptureTime, origin: Origin, mark: PacketMark, scratch: inout [Int16]
    ) -> Bool {
        packets &+= 1
        supply.add(origin.capture)
        if header.hasExtension || header.csrcCount > 0 { evidence.add(packet, header, time) }
        if isFiltered {
            sift(packet, header, isCut, time, origin, mark, &scratch)
        } else {
            take(packet, header: header, isCut: isCut, time: time, origin: origin, scratch: &scratch)
        }
        remaining &-= 1
        return remaining == 0
    }

    /// Takes a packet of a flow that repeats: each packet once, the whole one where another is cut.
    @inline(never)
    private mutating func sift(
        _ packet: RawSpan, _ header: RTPHeader, _ isCut: Bool, _ time: CaptureTime, _ origin: Origin, _ mark: PacketMark, _ scratch: inout [Int16]
    ) {
        releaseCut(before: time.advanced(bySeconds: -Self.cutPatience), &scratch)
        if filter == nil { filter = DuplicateFilter(setback: setback) }
        switch filter?.judge(packet, header, isCut: isCut, time, origin, mark) ?? .fresh {
        case .fresh where isCut: cut.append(CutPacket(header: header, time: time, origin: origin))
        case .fresh: take(packet, header: header, isCut: false, time: time, origin: origin, scratch: &scratch)
        // With two recorders everything comes twice.
        case .duplicate where planned.twins.isEmpty: result.duplicates += 1
        case .copy, .duplicate:
            result.copies += 1
            supply.noteCopy(origin.capture)
        case .better:
            result.copies += 1
            guard let index = cut.firstIndex(where: { $0.header.sequence == header.sequence }) else {
                supply.noteCopy(origin.capture)
                return
            }
            let earlier = cut.remove(at: index)
            supply.noteCopy(earlier.origin.capture)
            // It was there when the cut copy was: that is the clock which the rest of the stream goes by.
            take(packet, header: header, isCut: false, time: earlier.time, origin: origin, scratch: &scratch)
        }
    }

    private mutating func releaseCut(before time: CaptureTime, _ scratch: inout [Int16]) {
        while let first = cut.first, first.time < time {
            cut.removeFirst()
            take(RawSpan(), header: first.header, isCut: true, time: first.time, origin: first.origin, scratch: &scratch)
        }
    }

    @inline(__always)
    private mutating func take(_ packet: RawSpan, header: RTPHeader, isCut: Bool, time: CaptureTime, origin: Origin, scratch: inout [Int16]) {
        if time >= pieceEnd { enterPiece(time) }
        if time >= nextMap { enterMap(time) }
        if let current = unsafe borrowed {
            if isCut || isSecure {
                takeCarefully(packet, header, isCut, time, origin, &scratch)
            } else if let count = header.payloadCount(total: packet.byteCount, bytes: packet) {
                let payload = packet.extracting(header.headerLength..<header.headerLength + count)
                if raw != nil, isUndecodable(header.payloadType, time) { raw?.append(packet, header: header, payload: payload, time: time) }
                unsafe current._withUnsafeGuaranteedRef {
                    $0.push(
                        PlayoutPacket(
                            sequence: header.sequence, timestamp: header.timestamp, payloadType: header.payloadType, arrival: time, origin: origin,
                            payload: payload, isMarked: header.marker), into: &sink, scratch: &scratch)
                }
                if isRepaired {
                    learn(packet, header, body: packet.extracting(header.headerLength..<packet.byteCount), count: count, time, origin, &scratch)
                }
            } else {
                malformed(origin)
            }
        } else if text != nil, !isCut, !timing.isPaused(at: time) {
            pushText(packet, header, time)
        }
    }

    @inline(never)
    private mutating func takeCarefully(
        _ packet: RawSpan, _ header: RTPHeader, _ isCut: Bool, _ time: CaptureTime, _ origin: Origin, _ scratch: inout [Int16]
    ) {
        guard let playout = unsafe borrowed else { return }
        unsafe playout._withUnsafeGuaranteedRef { playout in
            if isCut {
                mark(playout, header, time, origin, .snapLength)
            } else {
                open(playout, packet, header, time, origin, &scratch)
            }
        }
    }

    @inline(__always)
    private mutating func open(
        _ playout: StreamPlayout, _ packet: RawSpan, _ header: RTPHeader, _ time: CaptureTime, _ origin: Origin, _ scratch: inout [Int16]
    ) {
        if case .until(let moment) = clear, time < moment { return playClear(playout, packet, header, time, origin, &scratch) }
        guard let opener = unsafe opener else {
            closed = (count: (closed?.count ?? 0) + 1, first: closed?.first ?? origin, last: origin)
            mark(playout, header, time, origin, .noKey)
            return
        }
        let (outcome, changes) = unsafe opener._withUnsafeGuaranteedRef { ($0.open(packet, header: header, into: &plain), $0.keyChanges) }
        switch outcome {
        case .opened(let count):
            if !pending.isEmpty { release(playout, retrying: changes != keyChanges, &scratch) }
            clear = .none
            keyChanges = changes
            let length = header.unpadded(count, lastOctet: plain.last ?? 0) ?? 0
            if raw != nil, isUndecodable(header.payloadType, time) {
                // Taken out, so that the payload can be borrowed meanwhile.
                var kept = raw.take()
                kept?.append(packet, header: header, payload: unsafe plain.span.bytes.extracting(0..<min(length, plain.count)), time: time)
                raw = kept
            }
            playPlain(playout, min(length, plain.count), header, time, origin, &scratch)
            if isRepaired {
                let body = plain
                learn(packet, header, body: unsafe body.span.bytes.extracting(0..<min(count, body.count)), count: min(length, count), time, origin, &scratch)
            }
        case .duplicate: break
        case .failed, .malformed:
            if clear == .untilFirstOpened {
                clearPackets += 1
                playClear(playout, packet, header, time, origin, &scratch)
            } else if let srtp {
                hold(playout, srtp, packet, header, time, origin, &scratch)
            }
        }
    }

    /// A packet that was sent before the key agreement.
    private mutating func playClear(
        _ playout: StreamPlayout, _ packet: RawSpan, _ header: RTPHeader, _ time: CaptureTime, _ origin: Origin, _ scratch: inout [Int16]
    ) {
        guard let count = header.payloadCount(total: packet.byteCount, bytes: packet) else { return malformed(origin) }
        let payload = packet.extracting(header.headerLength..<header.headerLength + count)
        playout.push(
            PlayoutPacket(
                sequence: header.sequence, timestamp: header.timestamp, payloadType: header.payloadType, arrival: time, origin: origin, payload: payload,
                isMarked: header.marker), into: &sink, scratch: &scratch)
    }

    /// Keeps a packet that did not open; after a hole of more than half the sequence space the rollover counter is another.
    private mutating func hold(
        _ playout: StreamPlayout, _ srtp: SRTPStream, _ packet: RawSpan, _ header: RTPHeader, _ time: CaptureTime, _ origin: Origin,
        _ scratch: inout [Int16]
    ) {
        pending.add(packet, header, time, origin)
        if pending.isSearchTime, srtp.authenticated > 0 {
            // Upwards from where the stream stood; 50 packets a second wrap in 22 minutes.
            let base = srtp.roc ?? 0
            let top = base > .max - Self.searchedCounters ? .max : base + Self.searchedCounters
            if srtp.searchROC(from: base, upTo: top, samples: pending.samples) != nil {
                if searches == 0 { searchOrigin = origin }
                searches += 1
                release(playout, retrying: true, &scratch)
                return
            }
            pending.vainSearches += 1
        }
        if pending.isFull { release(playout, retrying: false, &scratch) }
    }

    /// Gives held packets their place: opened where that is possible now, else as missing.
    private mutating func release(_ playout: StreamPlayout, retrying: Bool, _ scratch: inout [Int16]) {
        var kept: [UInt8] = []
        swap(&kept, &plain)
        for packet in pending.take() {
            if retrying, let srtp {
                let octets = packet.octets
                if case .opened(let count) = srtp.open(unsafe octets.span.bytes, header: packet.header, into: &plain) {
                    let length = packet.header.unpadded(count, lastOctet: plain.last ?? 0) ?? 0
                    playPlain(playout, min(length, plain.count), packet.header, packet.time, packet.origin, &scratch)
                    continue
                }
            }
            failures = (count: (failures?.count ?? 0) + 1, first: failures?.first ?? packet.origin, last: packet.origin)
            mark(playout, packet.header, packet.time, packet.origin, .authenticationFailure)
        }
        swap(&kept, &plain)
    }

    /// Plays what was opened last: `count` octets of `plain`.
    @inline(__always)
    private mutating func playPlain(
        _ playout: StreamPlayout, _ count: Int, _ header: RTPHeader, _ time: CaptureTime, _ origin: Origin, _ scratch: inout [Int16]
    ) {
        // Taken out: lent beside the sink it would be counted up and down.
        var octets: [UInt8] = []
        swap(&octets, &plain)
        Self.play(playout, octets, count, header, time, origin, &sink, &scratch)
        swap(&octets, &plain)
    }

    private static func play(
        _ playout: StreamPlayout, _ plain: [UInt8], _ count: Int, _ header: RTPHeader, _ time: CaptureTime, _ origin: Origin, _ sink: inout FlowSink,
        _ scratch: inout [Int16]
    ) {
        let payload = unsafe plain.span.bytes.extracting(0..<count)
        playout.push(
            PlayoutPacket(
                sequence: header.sequence, timestamp: header.timestamp, payloadType: header.payloadType, arrival: time, origin: origin, payload: payload,
                isMarked: header.marker), into: &sink, scratch: &scratch)
    }

    /// Whether packets of this type are audio that nothing here decodes.
    private func isUndecodable(_ type: PayloadType, _ time: CaptureTime) -> Bool {
        if timing.isPaused(at: time) { return false }
        guard planned.payloadMaps.indices.contains(mapIndex), let codec = planned.payloadMaps[mapIndex].map[type] else {
            // What nothing describes may be telephone keys.
            return !recording.options.redactions.contains(.dtmf)
        }
        return codec.role == .audio && !CodecRegistry.isSupported(codec)
    }

    private mutating func pushText(_ packet: RawSpan, _ header: RTPHeader, _ time: CaptureTime) {
        let map = planned.payloadMaps.indices.contains(mapIndex) ? planned.payloadMaps[mapIndex].map : [:]
        if isSecure {
            guard let srtp, case .opened(let count) = srtp.open(packet, header: header, into: &plain) else { return }
            let length = min(header.unpadded(count, lastOctet: plain.last ?? 0) ?? 0, plain.count)
            var writer = text.take()
            writer?.push(
                sequence: header.sequence, payloadType: header.payloadType, arrival: time, payload: unsafe plain.span.bytes.extracting(0..<length), map: map)
            text = writer
        } else if let count = header.payloadCount(total: packet.byteCount, bytes: packet) {
            let payload = packet.extracting(header.headerLength..<header.headerLength + count)
            text?.push(sequence: header.sequence, payloadType: header.payloadType, arrival: time, payload: payload, map: map)
        }
    }

    private mutating func mark(_ playout: StreamPlayout, _ header: RTPHeader, _ time: CaptureTime, _ origin: Origin, _ cause: GapCause) {
        playout.markUndecryptable(
            sequence: header.sequence, timestamp: header.timestamp, payloadType: header.payloadType, arrival: time, origin: origin, cause: cause, into: &sink)
    }

    @inline(never)
    private mutating func malformed(_ origin: Origin) { badPackets = (count: (badPackets?.count ?? 0) + 1, first: badPackets?.first ?? origin, last: origin) }

    /// Closes the running piece and begins the one that `time` falls in; another piece may mean another participant's file.
    @inline(never)
    private mutating func enterPiece(_ time: CaptureTime) {
        closePiece()
        if piece < 0, planned.isSecure, !planned.keys.isEmpty {
            srtp = SRTPStream(keys: planned.keys, initialROC: planned.security.initialROC, engine: usesLibSRTPOnly ? .libsrtp2 : .libcrypto)
        }
        guard let index = planned.pieces.firstIndex(where: { time < $0.piece.until }) ?? planned.pieces.indices.last else { return }
        piece = index
        pieceEnd = index == planned.pieces.count - 1 ? .distantFuture : planned.pieces[index].piece.until
        let track = planned.pieces[index].track.map { recording.track($0) }
        var configuration = StreamPlayout.Configuration(
            timelineStart: recording.planned.start, trackRate: track?.planned.sampleRate ?? 8000, payloadMap: [:])
        configuration.gapSeconds = recording.limits.gapSeconds
        configuration.drift = timing.drift
        configuration.observedClock = timing.observedClock
        configuration.advance = planned.placement?.advance ?? 0
        configuration.pauses = timing.pauses
        configuration.keepsPayloads = track?.keepsPayloads ?? false
        configuration.conceals = recording.options.concealment == .plc
        configuration.findsTones = recording.options.findsInbandDTMF || recording.options.redactions.contains(.dtmf)
        configuration.masksTones = recording.options.redactions.contains(.dtmf)
        mapIndex = planned.payloadMaps.lastIndex { $0.from <= time } ?? 0
        configuration.payloadMap = planned.payloadMaps.indices.contains(mapIndex) ? planned.payloadMaps[mapIndex].map : [:]
        nextMap = mapIndex + 1 < planned.payloadMaps.count ? planned.payloadMaps[mapIndex + 1].from : .distantFuture
        // Media that is not audio has no track: its packets are counted, not played.
        playout = track == nil ? nil : StreamPlayout(configuration)
        if track == nil, text == nil, planned.payloadMaps.contains(where: { $0.map.values.contains { $0.role == .text } }) { text = TextPlayout() }
        sink.track = track
        sink.first = nil
    }

    @inline(never)
    private mutating func enterMap(_ time: CaptureTime) {
        mapIndex = planned.payloadMaps.lastIndex { $0.from <= time } ?? mapIndex
        nextMap = mapIndex + 1 < planned.payloadMaps.count ? planned.payloadMaps[mapIndex + 1].from : .distantFuture
        playout?.setPayloadMap(planned.payloadMaps[mapIndex].map)
    }

    private mutating func closePiece() {
        guard let playout else { return }
        if !pending.isEmpty {
            var scratch: [Int16] = []
            release(playout, retrying: false, &scratch)
        }
        playout.finish(into: &sink)
        let statistics = playout.statistics
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
        result.events += playout.events
        result.tones += playout.tones
        for incident in playout.incidents {
            result.remarks.append((incident.kind.rule, incident.words, incident.first, incident.last, incident.count))
        }
        if let first = sink.first, let track = sink.track {
            let rate = Double(track.planned.sampleRate)
            result.covered.append(
                (
                    recording.planned.start.advanced(bySeconds: Double(first) / rate),
                    recording.planned.start.advanced(bySeconds: Double(statistics.endPosition) / rate)
                ))
        }
        result.gaps += sink.gaps.prefix(max(0, Self.gapLimit - result.gaps.count))
        sink.gaps = []
        self.playout = nil
    }

    /// Another flow goes on in the same track.
    mutating func giveWay() { playout?.giveWay(into: &sink) }

    /// Hands the result over and keeps none of it.
    mutating func takeResult() -> FlowResult {
        defer { result = FlowResult(flow: planned.flow) }
        return result
    }

    mutating func close() {
        guard !isClosed else { return }
        isClosed = true
        var scratch: [Int16] = []
        releaseCut(before: .distantFuture, &scratch)
        closePiece()
        result.packets = packets
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
        if let srtp {
            result.duplicates += srtp.duplicates
            result.security = FlowSecurity(
                suite: srtp.suite?.rawValue, keyID: srtp.keyIdentifier, mki: srtp.mki.map { Hex.encode($0) }, authenticated: srtp.authenticated,
                failed: failures?.count ?? 0, disagreements: srtp.crossCheckFailures, unknownMKI: srtp.unknownMKI, keyChanges: srtp.keyChanges)
        } else if let closed {
            result.security = FlowSecurity(failed: closed.count)
        }
        if let failures {
            let suites = planned.keys.map(\.suite.rawValue)
            let names = suites.enumerated().filter { suites.firstIndex(of: $0.element) == $0.offset }.map(\.element).joined(separator: ", ")
            let words =
                srtp?.authenticated == 0
                ? "none of \(failures.count) packets tried authenticates under \(names): wrong key, wrong rollover counter or altered packets"
                : "\(failures.count) of \(packets) packets do not authenticate under \(names)"
            result.remarks.append((.srt001, words, failures.first, failures.last, failures.count))
        }
        if searches > 0 {
            result.remarks.append(
                (.srt009, "the rollover counter was found anew by search after a hole", searchOrigin, searchOrigin, searches))
        }
        if let badPackets {
            result.remarks.append((.rtp001, "RTP padding is longer than the packet", badPackets.first, badPackets.last, badPackets.count))
        }
        // What is left of a finished flow is its result: thousands end while others are live.
        srtp = nil
        repair = nil
        repaired = []
        plain = []
        filter = nil
        sink = FlowSink()
    }
}
