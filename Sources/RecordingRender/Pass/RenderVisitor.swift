import CaptureFormat
import CaptureSurvey
import Evidence
import NetworkLayers
import PacketInput
import RTPSyntax
import RecordingPlan
import StreamMatching

/// The second pass, packet by packet: one look-up decides whether a datagram is wanted and who gets it.
struct RenderVisitor: FrameVisitor {
    var decoder: DatagramDecoder
    var sink: RenderSink
    private let observer: (any ReconstructionObserver)?
    private let total: Int
    private var amount = ReadAmount()

    init(sink: RenderSink, options: ReconstructionOptions, total: Int, observer: (any ReconstructionObserver)?) {
        decoder = DatagramDecoder(options.reading)
        self.sink = sink
        self.total = total
        self.observer = observer
    }

    @inline(__always)
    mutating func visit(_ frame: CapturedFrame, _ bytes: RawSpan, capture: UInt32) {
        sink.isSnapped = frame.capturedLength < frame.originalLength
        decoder.decode(frame, bytes, capture: capture, &sink)
    }

    mutating func shouldStop(afterReading more: ReadAmount) -> Bool {
        amount = amount + more
        sink.deliverIfIdle()
        if sink.remaining == 0 { return true }
        guard let observer else { return false }
        observer.progressed(ReconstructionProgress(stage: .render, amount: amount, octetsTotal: total, frames: decoder.counts.frames))
        return observer.isInterrupted
    }
}

/// Hands RTP packets of planned flows to the recordings that this worker renders.
@safe struct RenderSink: TransportVisitor {
    private let flows: FlowTable
    /// By flow number: index into `wanted`; -1 where nobody wants the flow; below that -2 minus the index into `shared`.
    private let routes: ContiguousArray<Int32>
    /// Flows that several recordings use one after the other.
    private var shared: [SharedFlow] = []
    private let wanted: ContiguousArray<FlowRoute>
    private let share: RecordingShare
    /// Packets that are not handed on yet.
    private var batch: PacketBatch
    private var packetsWhenAsked = -1
    /// Sorts as the first pass did.
    private var classifier: DatagramClassifier
    /// Streams that carried media, and their reassembly.
    private let streamMedia: Set<NetworkPath>
    private var streams: StreamPipeline
    private let limits: Limits
    private var mark = PacketMark.none
    /// The capture says that it cut the frame at hand.
    var isSnapped = false
    /// Recordings that are not finished.
    private(set) var remaining: Int

    /// `live`: how many recordings of the share have something to wait for.
    init(_ survey: Survey, limits: Limits, wanted: [WantedFlow], share: RecordingShare, live: Int, rules: [DecodeRule]) {
        classifier = DatagramClassifier(rules)
        streamMedia = survey.streamMedia
        streams = StreamPipeline(limits: limits, decryptors: TLSDecryptorSource(secrets: survey.secrets, limits: limits))
        flows = survey.flows
        self.limits = limits
        self.share = share
        self.wanted = ContiguousArray(wanted.map(\.route))
        var routes = ContiguousArray<Int32>(repeating: -1, count: flows.rows.count)
        var parts: [Int: [SharedFlow.Part]] = [:]
        for (index, entry) in wanted.enumerated() {
            for twin in entry.twins { routes[twin] = Int32(index) }
            if entry.window.isWhole {
                routes[entry.flow] = Int32(index)
            } else {
                parts[entry.flow, default: []].append(SharedFlow.Part(route: Int32(index), window: entry.window))
            }
        }
        for (flow, parts) in parts {
            routes[flow] = -2 - Int32(shared.count)
            shared.append(SharedFlow(parts: parts.sorted { ($0.window.from, $0.route) < ($1.window.from, $1.route) }))
        }
        self.routes = routes
        batch = PacketBatch(recordings: share.count)
        remaining = live
    }

    @inline(__always)
    mutating func note(_ mark: PacketMark) { self.mark = mark }

    @inline(__always)
    mutating func datagram(_ path: NetworkPath, _ payload: RawSpan, declared: Int, time: CaptureTime, origin: Origin) {
        if let header = classifier.plainRTP(payload) {
            push(path, header, payload, declared: declared, time: time, origin: origin)
        } else {
            other(path, payload, declared, time, origin)
        }
    }

    @inline(never)
    private mutating func other(_ path: NetworkPath, _ payload: RawSpan, _ declared: Int, _ time: CaptureTime, _ origin: Origin) {
        switch classifier.content(of: payload, declared: declared, on: path) {
        case .rtp(let header): push(path, header, payload, declared: declared, time: time, origin: origin)
        case .relayed(let inner, let range, let count): relayed(inner, payload.extracting(range), count, time, origin.advanced(by: range.lowerBound))
        default: return
        }
    }

    @inline(__always)
    private mutating func push(_ path: NetworkPath, _ header: RTPHeader, _ payload: RawSpan, declared: Int, time: CaptureTime, origin: Origin) {
        let count = payload.byteCount
        guard let flow = flows.find(path, header.ssrc) else { return }
        var route = routes[flow]
        if route < 0 {
            guard route < -1, let part = sharedRoute(Int(-2 - route), at: time) else { return }
            route = part
        }
        if !batch.hasRoom(count) { deliver() }
        batch.add(
            ArrivedPacket(
                payload, header: header, time: time, origin: origin, mark: mark, absent: UInt16(clamping: declared &- count), isSnapped: isSnapped),
            to: wanted[Int(route)])
    }

    /// Hands on what is kept back, should nothing have come since the last call: the end may have been reached without being noticed.
    mutating func deliverIfIdle() {
        if batch.count == packetsWhenAsked { deliver() }
        packetsWhenAsked = batch.count
    }

    /// Hands on what is kept back, recording by recording.
    mutating func deliver() {
        guard !batch.isEmpty else { return }
        remaining -= share.deliver(batch)
        batch.removeAll()
    }

    /// The route of the part that a packet at this time belongs to; parts before it are over.
    @inline(never)
    private mutating func sharedRoute(_ index: Int, at time: CaptureTime) -> Int32? {
        while let part = shared[index].current, part.window.until <= time {
            deliver()
            if share.leave(wanted[Int(part.route)]) { remaining -= 1 }
            shared[index].next += 1
        }
        guard let part = shared[index].current, part.window.from <= time else { return nil }
        return part.route
    }

    /// What a relay carried.
    private mutating func relayed(_ path: NetworkPath, _ payload: RawSpan, _ declared: Int, _ time: CaptureTime, _ origin: Origin) {
        guard case .rtp(let header) = classifier.relayed(payload, on: path) else { return }
        push(path, header, payload, declared: declared, time: time, origin: origin)
    }

    @inline(__always)
    mutating func segment(_ segment: TCPSegment, _ bytes: RawSpan, time: CaptureTime, origin: Origin) {
        if !streamMedia.isEmpty { stream(segment, bytes, time, origin) }
    }

    @inline(never)
    private mutating func stream(_ segment: TCPSegment, _ bytes: RawSpan, _ time: CaptureTime, _ origin: Origin) {
        let path = segment.path
        guard streamMedia.contains(path) || streamMedia.contains(path.reversed) else { return }
        // The first pass has reported what there is to say of the stream.
        var findings = FindingLog()
        take(streams.add(segment, bytes, time: time, origin: origin, findings: &findings))
    }

    private mutating func take(_ events: [StreamEvent]) {
        for event in events {
            switch event {
            case .packet(let packet):
                datagram(packet.path, unsafe packet.octets.span.bytes, declared: packet.octets.count, time: packet.time, origin: packet.origin)
            case .capsule(let packet):
                guard let content = try? CapsuleContent(packet, limits: limits) else { continue }
                datagram(content.path, unsafe content.octets.span.bytes, declared: content.declared, time: content.time, origin: content.origin)
            case .message, .messaging, .dropped, .remainder: continue
            }
        }
    }

    /// Delivers what streams still hold, at the end of all input.
    mutating func finish() {
        guard !streamMedia.isEmpty else { return }
        var findings = FindingLog()
        take(streams.finish(findings: &findings))
    }
}

/// A flow whose time is divided among recordings.
struct SharedFlow {
    struct Part {
        /// Index into the routes that are wanted.
        let route: Int32
        let window: FlowWindow
    }

    /// In order of time.
    let parts: [Part]
    /// The first part that is not over.
    var next = 0

    var current: Part? { next < parts.count ? parts[next] : nil }
}
