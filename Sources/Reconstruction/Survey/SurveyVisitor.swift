import CaptureFormat
import Evidence
import NetworkLayers
import RTPSyntax
import SIPDialogs
import SIPSyntax
import StreamMatching

/// The first pass, packet by packet: classify by the first octets, keep signalling, count flows.
struct SurveyVisitor: FrameVisitor {
    var decoder: DatagramDecoder
    var sink: SurveySink
    private var perCapture: [CaptureTally]
    private let observer: (any ReconstructionObserver)?
    private let total: Int
    private var octetsRead = 0

    init(captures: Int, options: ReconstructionOptions, hashKey: UInt64, total: Int, observer: (any ReconstructionObserver)?) {
        decoder = DatagramDecoder(limits: options.limits, since: options.since, until: options.until)
        sink = SurveySink(limits: options.limits, hashKey: hashKey)
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

    mutating func shouldStop(afterReading octets: Int) -> Bool {
        octetsRead += octets
        guard let observer else { return false }
        observer.progressed(ReconstructionProgress(stage: .survey, octetsRead: octetsRead, octetsTotal: total, frames: decoder.counts.frames))
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

/// Sorts transport payloads: RTP to the flow table, SIP to the dialogs.
struct SurveySink: TransportVisitor {
    var flows: FlowTable
    var rtcp: [NetworkPath: RTCPSummary] = [:]
    var samples: PacketSamples
    var zrtp: [NetworkPath: ZRTPSummary] = [:]
    var signalling: SignallingCollector
    var sip = 0
    var rtp = 0
    var rtcpPackets = 0
    var unclassified = 0
    private let limits: Limits

    init(limits: Limits, hashKey: UInt64) {
        flows = FlowTable(limit: limits.flows, key: hashKey)
        signalling = SignallingCollector(limits: limits)
        samples = PacketSamples(limit: limits.keySampleOctets)
        self.limits = limits
    }

    @inline(__always)
    mutating func datagram(_ path: NetworkPath, _ payload: RawSpan, declared: Int, time: CaptureTime, origin: Origin) {
        let count = payload.byteCount
        guard count >= 8 else { return }
        let first = payload.u8(0)
        if first & 0xC0 == 0x80 {
            let second = payload.u8(1)
            if second >= 192, second <= 223 {
                control(path, payload, time)
            } else if let header = RTPHeader(parsing: payload, at: 0, count: count) {
                rtp &+= 1
                let row = flows.add(
                    path: path, ssrc: header.ssrc, arrival: time, origin: origin, sequence: header.sequence, timestamp: header.timestamp,
                    type: header.payloadType, octets: count, isCut: declared > count)
                if row >= 0, declared <= count, PacketSamples.isWanted(flows.rows[row].packets) { samples.add(flow: row, payload) }
            } else {
                unclassified &+= 1
            }
        } else {
            other(path, payload, time, origin)
        }
    }

    @inline(never)
    private mutating func control(_ path: NetworkPath, _ payload: RawSpan, _ time: CaptureTime) {
        rtcpPackets += 1
        if rtcp[path] == nil, rtcp.count >= limits.flows { return }
        var summary = rtcp[path] ?? RTCPSummary(first: time)
        summary.packets += 1
        if payload.u8(1) == 200 { summary.senderReports += 1 }
        rtcp[path] = summary
    }

    @inline(never)
    private mutating func other(_ path: NetworkPath, _ payload: RawSpan, _ time: CaptureTime, _ origin: Origin) {
        guard SIPMessage.looksLikeSIP(payload) else {
            // RFC 6189 section 5: version 0, the extension bit, and the magic cookie where RTP has its timestamp.
            if payload.byteCount >= 28, payload.u8(0) >> 4 == 1, payload.be32(4) == 0x5A52_5450 {
                agreement(path, payload, time, origin)
                return
            }
            unclassified += 1
            return
        }
        sip += 1
        signalling.message(payload.array, path: path, transport: .udp, origins: OriginMap(origin, at: time), time: time)
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
        signalling.segment(segment, bytes, time: time, origin: origin)
    }
}
