import CaptureFormat
import CaptureSurvey
import Evidence
import NetworkLayers
import PacketInput
import RTPSyntax
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
    /// By flow number: index into `live`; -1 where nobody wants the flow; below that -2 minus the index into `shared`.
    private let routes: ContiguousArray<Int32>
    /// Flows that several recordings use one after the other.
    private var shared: [SharedFlow] = []
    /// By index into `live`: which of this worker's recordings.
    private let recordings: ContiguousArray<Int32>
    /// Not counted with every packet: `owners` keeps them.
    private let live: ContiguousArray<Unmanaged<FlowRenderer>>
    private let owners: [FlowRenderer]
    /// Packets that are not handed on yet.
    private var batch: PacketBatch
    private var packetsWhenAsked = -1
    /// Decoded samples of the packet at hand; one for all flows.
    private var scratch: [Int16] = []
    /// Sorts as the first pass did.
    private var classifier: DatagramClassifier
    /// Streams that carried media, and their reassembly.
    private let streamMedia: Set<NetworkPath>
    private var streams: StreamPipeline
    private let limits: Limits
    private var mark = PacketMark.none
    /// Recordings that are not finished.
    private(set) var remaining: Int

    /// `live`: the flows of each recording that has some.
    init(_ survey: Survey, limits: Limits, live groups: [[FlowRenderer]], rules: [DecodeRule]) {
        classifier = DatagramClassifier(rules)
        streamMedia = survey.streamMedia
        streams = StreamPipeline(limits: limits, decryptors: TLSDecryptorSource(secrets: survey.secrets, limits: limits))
        flows = survey.flows
        self.limits = limits
        let all = groups.flatMap(\.self)
        var routes = ContiguousArray<Int32>(repeating: -1, count: flows.rows.count)
        var parts: [Int: [Int]] = [:]
        for (index, renderer) in all.enumerated() {
            for twin in renderer.twins { routes[twin] = Int32(index) }
            if renderer.window.isWhole { routes[renderer.flowNumber] = Int32(index) } else { parts[renderer.flowNumber, default: []].append(index) }
        }
        for (flow, indices) in parts {
            routes[flow] = -2 - Int32(shared.count)
            shared.append(SharedFlow(parts: indices.sorted { all[$0].window.from < all[$1].window.from }))
        }
        self.routes = routes
        recordings = ContiguousArray(groups.enumerated().flatMap { group in group.element.map { _ in Int32(group.offset) } })
        unsafe live = ContiguousArray(all.map { unsafe Unmanaged.passUnretained($0) })
        owners = all
        batch = PacketBatch(recordings: groups.count)
        remaining = groups.count
    }

    @inline(__always)
    mutating func note(_ mark: PacketMark) { self.mark = mark }

    @inline(__always)
    mutating func datagram(_ path: NetworkPath, _ payload: RawSpan, declared: Int, time: CaptureTime, origin: Origin) {
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
            route = Int32(part)
        }
        if !batch.hasRoom(count) { deliver() }
        batch.add(
            payload, header: header, isCut: declared > count, time: time, origin: origin, mark: mark, route: route,
            recording: Int(recordings[Int(route)]))
    }

    /// Hands on what is kept back, should nothing have come since the last call: the end may have been reached without being noticed.
    mutating func deliverIfIdle() {
        if batch.count == packetsWhenAsked { deliver() }
        packetsWhenAsked = batch.count
    }

    /// Hands on what is kept back, recording by recording.
    mutating func deliver() {
        guard !batch.isEmpty else { return }
        unsafe remaining -= Self.deliver(batch, to: live, scratch: &scratch)
        batch.removeAll()
    }

    /// The number of recordings that this finished.
    private static func deliver(_ batch: borrowing PacketBatch, to live: borrowing ContiguousArray<Unmanaged<FlowRenderer>>, scratch: inout [Int16]) -> Int {
        var finished = 0
        batch.forEach { packet, octets in
            let isOver = unsafe live[Int(packet.route)]._withUnsafeGuaranteedRef {
                $0.push(
                    octets, header: packet.header, isCut: packet.isCut, time: packet.time, origin: packet.origin, mark: packet.mark, scratch: &scratch)
            }
            if isOver { finished += 1 }
        }
        return finished
    }

    /// The renderer of the part that a packet at this time belongs to; parts before it are over.
    @inline(never)
    private mutating func sharedRoute(_ index: Int, at time: CaptureTime) -> Int? {
        let parts = shared[index].parts
        while shared[index].next < parts.count, owners[parts[shared[index].next]].window.until <= time {
            deliver()
            if owners[parts[shared[index].next]].leave() { remaining -= 1 }
            shared[index].next += 1
        }
        guard shared[index].next < parts.count else { return nil }
        let part = parts[shared[index].next]
        return owners[part].window.from <= time ? part : nil
    }

    /// What a relay carried.
    @inline(never)
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
            case .message, .messaging, .dropped: continue
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
    /// Indices of renderers in order of time.
    let parts: [Int]
    /// The first part that is not over.
    var next = 0
}
