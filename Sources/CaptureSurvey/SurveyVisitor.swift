import CaptureFormat
import Evidence
import MediaPlayout
import NetworkLayers
import PacketInput
import RTPSyntax
import SIPDialogs
import SIPSyntax
import StreamMatching
import TLSDecryption

/// The first pass, packet by packet: classify by the first octets, keep signalling, count flows.
struct SurveyVisitor: FrameVisitor {
    var decoder: DatagramDecoder
    var sink: SurveySink
    private var perCapture: [CaptureTally]
    private let observer: (any ReconstructionObserver)?
    private let total: Int
    private var amount = ReadAmount()

    init(
        captures: Int, options: ReadingOptions, secrets: TLSSecrets, hashKey: UInt64, total: Int, observer: (any ReconstructionObserver)?
    ) {
        decoder = DatagramDecoder(options)
        sink = SurveySink(limits: options.limits, secrets: secrets, forced: ForcedPorts(options.decodeAs), hashKey: hashKey)
        perCapture = Array(repeating: CaptureTally(), count: captures)
        self.observer = observer
        self.total = total
    }

    func tally(of capture: Int) -> CaptureTally { perCapture[capture] }

    @inline(__always)
    mutating func visit(_ frame: CapturedFrame, _ bytes: RawSpan, capture: UInt32) {
        perCapture[Int(capture)].add(frame)
        decoder.decode(frame, bytes, capture: capture, &sink)
    }

    mutating func shouldStop(afterReading more: ReadAmount) -> Bool {
        amount = amount + more
        guard let observer else { return false }
        observer.progressed(ReconstructionProgress(stage: .survey, amount: amount, octetsTotal: total, frames: decoder.counts.frames))
        return observer.isInterrupted
    }
}

/// What is counted for each input.
struct CaptureTally {
    private(set) var packets = 0
    private(set) var first = CaptureTime.distantFuture
    private(set) var last = CaptureTime.distantPast
    private(set) var cut = 0
    private(set) var firstCut: UInt32 = 0
    private(set) var linkTypes: [UInt32] = []
    private var lastLink: UInt32 = .max
    private(set) var backwards = 0
    private(set) var firstBackwards: UInt32 = 0

    @inline(__always)
    mutating func add(_ frame: CapturedFrame) {
        packets &+= 1
        if frame.time < first { first = frame.time }
        if frame.time >= last { last = frame.time } else if last.nanoseconds &- frame.time.nanoseconds > 1_000_000_000 { wentBackwards(frame.number) }
        if frame.capturedLength < frame.originalLength {
            if cut == 0 { firstCut = frame.number }
            cut &+= 1
        }
        let link = UInt32(frame.linkType.value)
        if link != lastLink { note(link) }
    }

    @inline(never)
    private mutating func wentBackwards(_ number: UInt32) {
        if backwards == 0 { firstBackwards = number }
        backwards += 1
    }

    @inline(never)
    private mutating func note(_ link: UInt32) {
        lastLink = link
        if !linkTypes.contains(link), linkTypes.count < 64 { linkTypes.append(link) }
    }
}

/// Datagrams and streams that are known and carry neither signalling nor media.
struct BesideCounts {
    var stun = 0
    var dtls = 0
    /// Paths on which DTLS was seen.
    var secured: Set<NetworkPath> = []
    /// Taken out of TURN; what was inside is counted by itself too.
    var relayed = 0
    var keepAlives = 0
    /// What kept paths open beside media.
    var open = KeepAlives()
    /// HEP on streams.
    var capsules = 0
    /// Directions of MSRP.
    var messaging = 0
}

/// Sorts transport payloads: RTP to the flow table, SIP to the dialogs.
struct SurveySink: TransportVisitor {
    var flows: FlowTable
    private(set) var contributors = ContributorLog()
    private(set) var marks = PayloadMarks()
    /// One for each row of `flows`.
    var clocks: ContiguousArray<ClockTrace> = []
    var rtcp: [NetworkPath: RTCPSummary] = [:]
    var samples: PacketSamples
    /// RTCP that does not read as such.
    private(set) var secured: ControlSamples
    var zrtp: [NetworkPath: ZRTPSummary] = [:]
    var signalling: SignallingCollector
    var sip = 0
    var rtp = 0
    var rtcpPackets = 0
    var unclassified = 0
    /// What is known and carries neither signalling nor media, so that it is not "unclassified".
    private(set) var beside = BesideCounts()
    /// Paths of TCP on which media came, so that the second pass reads no other stream.
    private(set) var streamMedia: Set<NetworkPath> = []
    /// Handshakes by path; the one direction that was seen first.
    private(set) var handshakes: [NetworkPath: DTLSAssociation] = [:]
    private var relays = TURNTable()
    /// Parts of the datagram that came in fragments last.
    private var assembly: OriginMap?
    private var sctpStreams: SCTPAssembler
    private(set) var findings = FindingLog()
    var copies: CopyWatch
    /// RTCP packets of paths that were refused because there were too many.
    private(set) var refusedControl = 0
    private let forced: ForcedPorts
    private let limits: Limits

    init(limits: Limits, secrets: TLSSecrets, forced: ForcedPorts, hashKey: UInt64) {
        self.forced = forced
        copies = CopyWatch(limit: limits.watchedFlows)
        flows = FlowTable(limit: limits.flows, key: hashKey)
        signalling = SignallingCollector(
            limits: limits, decryptors: TLSDecryptorSource(secrets: secrets, limits: limits), hasSecrets: !secrets.isEmpty)
        sctpStreams = SCTPAssembler(limits: limits)
        samples = PacketSamples(limit: limits.keySampleOctets)
        secured = ControlSamples(limit: limits.keySampleOctets / 4)
        self.limits = limits
    }

    mutating func note(assembly origins: OriginMap) { assembly = origins }

    /// Where the octets of a datagram came from that begins at `origin`: of several frames, where it was in fragments.
    private func origins(from origin: Origin, _ time: CaptureTime) -> OriginMap {
        if let assembly, assembly.origin(at: 0) == origin { return assembly }
        return OriginMap(origin, at: time)
    }

    @inline(__always)
    mutating func datagram(_ path: NetworkPath, _ payload: RawSpan, declared: Int, time: CaptureTime, origin: Origin) {
        let count = payload.byteCount
        guard count >= 8 else {
            short(path, payload, time)
            return
        }
        if !forced.isEmpty, take(path, payload, declared, time, origin) { return }
        if payload.u8(0) & 0xC0 == 0x80 {
            media(path, payload, declared: declared, time: time, origin: origin)
        } else {
            other(path, payload, declared, time, origin)
        }
    }

    @inline(__always)
    private mutating func media(_ path: NetworkPath, _ payload: RawSpan, declared: Int, time: CaptureTime, origin: Origin) {
        let count = payload.byteCount
        let second = payload.u8(1)
        if second >= 192, second <= 223 {
            control(path, payload, declared, time, origin)
        } else if let header = RTPHeader(parsing: payload, at: 0, count: count) {
            media(path, header, payload, declared, time, origin)
        } else {
            unclassified &+= 1
        }
    }

    /// Too short for anything but what keeps a binding open (RFC 5626 section 4.4).
    @inline(never)
    private mutating func short(_ path: NetworkPath, _ payload: RawSpan, _ time: CaptureTime) {
        beside.open.add(path, at: time)
        if payload.byteCount > 0, payload.array.allSatisfy({ $0 == 0x0D || $0 == 0x0A || $0 == 0 }) { beside.keepAlives += 1 }
    }

    @inline(__always)
    private mutating func media(_ path: NetworkPath, _ header: RTPHeader, _ payload: RawSpan, _ declared: Int, _ time: CaptureTime, _ origin: Origin) {
        let count = payload.byteCount
        rtp &+= 1
        let row = flows.add(
            path: path, ssrc: header.ssrc, arrival: time, origin: origin, sequence: header.sequence, timestamp: header.timestamp,
            type: header.payloadType, octets: count, isCut: declared > count)
        guard row >= 0 else { return }
        if row < clocks.count {
            clocks[row].add(arrival: time, timestamp: header.timestamp)
        } else {
            clocks.append(ClockTrace(arrival: time, timestamp: header.timestamp))
        }
        if header.csrcCount > 0 { contributors.add(flow: row, header, payload, origin) }
        if flows.rows[row].attention != .none { look(row, header, time, origin) }
        if signalling.showsBoth, declared <= count { marks.add(flow: row, header, payload) }
        if declared <= count, PacketSamples.isWanted(flows.rows[row].packets) { samples.add(flow: row, payload) }
    }

    @inline(never)
    private mutating func look(_ row: Int, _ header: RTPHeader, _ time: CaptureTime, _ origin: Origin) {
        copies.look(row, &flows, header, time: time, capture: origin.capture)
    }

    /// What the user says that the port carries; false where the content decides.
    @inline(never)
    private mutating func take(_ path: NetworkPath, _ payload: RawSpan, _ declared: Int, _ time: CaptureTime, _ origin: Origin) -> Bool {
        switch forced.kind(of: path) {
        case nil: return false
        case .sip:
            sip += 1
            signalling.message(payload.array, path: path, transport: .udp, origins: origins(from: origin, time), time: time)
        case .rtp:
            guard let header = RTPHeader(parsing: payload, at: 0, count: payload.byteCount) else { return false }
            media(path, header, payload, declared, time, origin)
        }
        return true
    }

    @inline(never)
    private mutating func control(_ path: NetworkPath, _ payload: RawSpan, _ declared: Int, _ time: CaptureTime, _ origin: Origin) {
        rtcpPackets += 1
        if rtcp[path] == nil, rtcp.count >= limits.flows {
            refusedControl += 1
            return
        }
        var summary = rtcp[path] ?? RTCPSummary(first: time)
        summary.packets += 1
        if payload.u8(1) == 200 { summary.senderReports += 1 }
        if !summary.learn(from: payload, isCut: payload.byteCount < declared, at: time, origin: origin) {
            secured.add(path, payload, at: time, origin: origin)
        }
        rtcp[path] = summary
    }

    @inline(never)
    private mutating func other(_ path: NetworkPath, _ payload: RawSpan, _ declared: Int, _ time: CaptureTime, _ origin: Origin) {
        if SIPMessage.looksLikeSIP(payload) {
            sip += 1
            signalling.message(payload.array, path: path, transport: .udp, origins: origins(from: origin, time), time: time)
            return
        }
        switch relays.content(of: payload, declared: declared, on: path) {
        case .stun:
            beside.stun += 1
            beside.open.add(path, at: time)
        case .inner(let inner, let range, let count):
            beside.relayed += 1
            carried(inner, payload.extracting(range), count, time, origin.advanced(by: range.lowerBound))
        case nil: unlike(path, payload, time, origin)
        }
    }

    /// What a relay carried: taken out once, not again.
    private mutating func carried(_ path: NetworkPath, _ payload: RawSpan, _ declared: Int, _ time: CaptureTime, _ origin: Origin) {
        guard payload.byteCount >= 8 else { return }
        if payload.u8(0) & 0xC0 == 0x80 {
            media(path, payload, declared: declared, time: time, origin: origin)
        } else if STUNMessage.looksLikeSTUN(payload) {
            beside.stun += 1
        } else {
            unlike(path, payload, time, origin)
        }
    }

    /// Neither SIP nor media nor of a relay.
    private mutating func unlike(_ path: NetworkPath, _ payload: RawSpan, _ time: CaptureTime, _ origin: Origin) {
        switch PacketKind.of(firstOctet: payload.u8(0)) {
        case .dtls where payload.byteCount >= 13 && payload.u8(0) <= 26 && payload.u8(1) == 0xFE:
            if beside.secured.count < 65_536 { beside.secured.insert(path) }
            dtls(path, payload, time, origin)
        case .dtls where payload.u8(0) & 0xE0 == 0x20 && (beside.secured.contains(path) || beside.secured.contains(path.reversed)):
            // The short head of DTLS 1.3 has no version: it is taken for DTLS only where a long one was seen.
            dtls(path, payload, time, origin)
        case .stun where payload.byteCount >= 20 && Int(payload.be16(2)) + 20 == payload.byteCount && payload.be16(0) & 0x3EEF == 1:
            // Binding without the cookie of later editions (RFC 3489 section 11.1).
            beside.stun += 1
        // RFC 6189 section 5: version 0, the extension bit, and the magic cookie where RTP has its timestamp.
        case _ where payload.byteCount >= 28 && payload.u8(0) >> 4 == 1 && payload.be32(4) == 0x5A52_5450: agreement(path, payload, time, origin)
        default:
            if payload.array.allSatisfy({ $0 == 0x0D || $0 == 0x0A || $0 == 0 }) { beside.keepAlives += 1 } else { unclassified += 1 }
        }
    }

    /// A DTLS record or several (RFC 9147 section 4). Counted; what opens them is handed the same.
    private mutating func dtls(_ path: NetworkPath, _ payload: RawSpan, _ time: CaptureTime, _ origin: Origin) {
        beside.dtls += 1
        // Only handshakes; application data of DTLS is not followed.
        guard DTLSAssociation.looksLikeDTLS(payload), payload.u8(0) == 22 else { return }
        let key = handshakes[path.reversed] == nil ? path : path.reversed
        guard handshakes[key] != nil || handshakes.count < limits.dtlsAssociations else { return }
        handshakes[key, default: DTLSAssociation(path: key)].feed(payload.array, on: path, time: time, origin: origin)
    }

    private mutating func agreement(_ path: NetworkPath, _ payload: RawSpan, _ time: CaptureTime, _ origin: Origin) {
        if zrtp[path] == nil, zrtp.count >= limits.flows { return }
        var summary = zrtp[path] ?? ZRTPSummary(first: origin)
        summary.packets += 1
        // The message's type block, eight letters behind preamble and length: "Conf2ACK".
        if summary.confirmed == nil, payload.be64(16) == 0x436F_6E66_3241_434B { summary.confirmed = time }
        zrtp[path] = summary
    }

    @inline(never)
    mutating func segment(_ segment: TCPSegment, _ bytes: RawSpan, time: CaptureTime, origin: Origin) {
        take(signalling.segment(segment, bytes, time: time, origin: origin))
    }

    /// What streams carried besides SIP.
    private mutating func take(_ events: [StreamEvent]) {
        for event in events {
            switch event {
            case .packet(let packet):
                streamMedia.insert(packet.path)
                datagram(packet.path, unsafe packet.octets.span.bytes, declared: packet.octets.count, time: packet.time, origin: packet.origin)
            case .dropped(let path, let origin, let count):
                findings.report(
                    .net010, "\(count) messages are too large or can not be unpacked", at: origin,
                    subject: FindingSubject(flow: "\(path.source) > \(path.destination)"), count: count)
            case .capsule(let packet):
                beside.capsules += 1
                capsule(packet)
            case .messaging: beside.messaging += 1
            case .message: break
            }
        }
    }

    /// A packet that a capture agent sent over TCP. Media comes this way too, so the second pass reads the stream again.
    private mutating func capsule(_ packet: StreamPacket) {
        do throws(CapsuleContent.Fault) {
            let content = try CapsuleContent(packet, limits: limits)
            streamMedia.insert(packet.path)
            datagram(content.path, unsafe content.octets.span.bytes, declared: content.declared, time: content.time, origin: content.origin)
        } catch {
            guard case .packed(let origin) = error else { return }
            findings.report(.net014, "the payload of a HEP message is compressed and can not be unpacked; it is skipped", at: origin)
        }
    }

    mutating func sctp(_ packet: SCTPPacket, _ bytes: RawSpan, time: CaptureTime, origin: Origin) {
        for message in sctpStreams.add(packet, of: bytes, origin: origin, time: time, findings: &findings)
        where unsafe SIPMessage.looksLikeSIP(message.octets.span.bytes) {
            sip += 1
            signalling.message(message.octets, path: message.path, transport: .sctp, origins: message.origins, time: message.time)
        }
    }

    /// Delivers what streams still hold, then closes every dialog.
    mutating func finish() -> [SIPDialog] {
        take(signalling.finishStreams())
        sctpStreams.finish(findings: &findings)
        return signalling.finish()
    }
}
