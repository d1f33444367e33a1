import CaptureFormat
import Evidence
import NetworkLayers
import RTPSyntax
import StreamMatching

/// The second pass, packet by packet: one look-up decides whether a datagram is wanted and who gets it.
struct RenderVisitor: FrameVisitor {
    var decoder: DatagramDecoder
    var sink: RenderSink
    private let observer: (any ReconstructionObserver)?
    private let total: Int
    private var octetsRead = 0

    init(sink: RenderSink, options: ReconstructionOptions, total: Int, observer: (any ReconstructionObserver)?) {
        decoder = DatagramDecoder(limits: options.limits, since: options.since, until: options.until)
        self.sink = sink
        self.total = total
        self.observer = observer
    }

    @inline(__always)
    mutating func visit(_ frame: CapturedFrame, _ bytes: RawSpan, capture: UInt32) {
        decoder.decode(frame, bytes, capture: capture, &sink)
    }

    mutating func shouldStop(afterReading octets: Int) -> Bool {
        octetsRead += octets
        if sink.remaining == 0 { return true }
        guard let observer else { return false }
        observer.progressed(ReconstructionProgress(stage: .render, octetsRead: octetsRead, octetsTotal: total, frames: decoder.counts.frames))
        return observer.isInterrupted
    }
}

/// Hands RTP packets of planned flows to the recordings that this worker renders.
@safe struct RenderSink: TransportVisitor {
    private let flows: FlowTable
    /// By flow number: index into `live`, or -1.
    private let routes: ContiguousArray<Int32>
    /// Not counted with every packet: `owners` keeps them.
    private let live: ContiguousArray<Unmanaged<FlowRenderer>>
    private let owners: [FlowRenderer]
    /// Decoded samples of the packet at hand; one for all flows.
    private var scratch: [Int16] = []
    /// Takes relayed media out as the first pass did.
    private var relays = TURNTable()
    /// Streams that carried media, and their reassembly.
    private let streamMedia: Set<NetworkPath>
    private var streams: StreamPipeline
    /// Recordings that are not finished.
    private(set) var remaining: Int

    init(flows: FlowTable, streamMedia: Set<NetworkPath>, limits: Limits, live: [FlowRenderer], recordings: Int) {
        self.streamMedia = streamMedia
        streams = StreamPipeline(limits: limits)
        self.flows = flows
        var routes = ContiguousArray<Int32>(repeating: -1, count: flows.rows.count)
        for (index, renderer) in live.enumerated() { routes[renderer.flowNumber] = Int32(index) }
        self.routes = routes
        unsafe self.live = ContiguousArray(live.map { unsafe Unmanaged.passUnretained($0) })
        owners = live
        remaining = recordings
    }

    @inline(__always)
    mutating func datagram(_ path: NetworkPath, _ payload: RawSpan, declared: Int, time: CaptureTime, origin: Origin) {
        let count = payload.byteCount
        guard count >= 12 else { return }
        guard payload.u8(0) & 0xC0 == 0x80 else {
            other(path, payload, declared, time, origin)
            return
        }
        push(path, payload, declared: declared, time: time, origin: origin)
    }

    @inline(__always)
    private mutating func push(_ path: NetworkPath, _ payload: RawSpan, declared: Int, time: CaptureTime, origin: Origin) {
        let count = payload.byteCount
        let second = payload.u8(1)
        if second >= 192, second <= 223 { return }
        guard let header = RTPHeader(parsing: payload, at: 0, count: count), let flow = flows.find(path, header.ssrc) else { return }
        let route = routes[flow]
        guard route >= 0 else { return }
        let isOver = unsafe live[Int(route)]._withUnsafeGuaranteedRef {
            $0.push(payload, header: header, isCut: declared > count, time: time, origin: origin, scratch: &scratch)
        }
        if isOver { remaining -= 1 }
    }

    /// No media by its first octet: a relay may have it inside.
    @inline(never)
    private mutating func other(_ path: NetworkPath, _ payload: RawSpan, _ declared: Int, _ time: CaptureTime, _ origin: Origin) {
        guard case .inner(let inner, let range, let count) = relays.content(of: payload, declared: declared, on: path), range.count >= 12,
            payload.u8(range.lowerBound) & 0xC0 == 0x80
        else { return }
        push(inner, payload.extracting(range), declared: count, time: time, origin: origin.advanced(by: range.lowerBound))
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
        for case .packet(let packet) in events {
            datagram(packet.path, unsafe packet.octets.span.bytes, declared: packet.octets.count, time: packet.time, origin: packet.origin)
        }
    }

    /// Delivers what streams still hold, at the end of all input.
    mutating func finish() {
        guard !streamMedia.isEmpty else { return }
        var findings = FindingLog()
        take(streams.finish(findings: &findings))
    }
}
