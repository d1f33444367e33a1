import CaptureFormat
import Evidence
import NetworkLayers
import PacketInput
import RTPSyntax
import StreamMatching

/// Finds the frames of one recording: a pass over all inputs, for a fragment is known to belong only when the datagram is whole.
struct CarveMarker: FrameVisitor {
    private var decoder: DatagramDecoder
    private var sink: CarveMarkSink
    private var progress: CarveProgress

    init(_ selection: CarveSelection, flows: FlowTable, reading: ReadingOptions, progress: CarveProgress) {
        decoder = DatagramDecoder(reading)
        sink = CarveMarkSink(selection: selection, flows: flows, rules: reading.decodeAs)
        self.progress = progress
    }

    /// Frames found, each with what is said of it.
    var marks: [FrameKey: String] { sink.marks }

    mutating func visit(_ frame: CapturedFrame, _ bytes: RawSpan, capture: UInt32) {
        sink.begin()
        decoder.decode(frame, bytes, capture: capture, &sink)
    }

    mutating func shouldStop(afterReading amount: ReadAmount) -> Bool { progress.read(amount, frames: decoder.counts.frames) }
}

private struct CarveMarkSink: TransportVisitor {
    private let selection: CarveSelection
    private let flows: FlowTable
    private(set) var marks: [FrameKey: String] = [:]
    private var classifier: DatagramClassifier
    /// Frames of the datagram at hand, where it came in fragments.
    private var fragments: [FrameKey] = []

    init(selection: CarveSelection, flows: FlowTable, rules: [DecodeRule]) {
        classifier = DatagramClassifier(rules)
        self.selection = selection
        self.flows = flows
        for frame in selection.signalling.keys { marks[frame] = "signalling" }
    }

    mutating func begin() { fragments = [] }

    mutating func note(assembly origins: OriginMap) { fragments = origins.pieces.map { FrameKey($0.origin) } }

    mutating func datagram(_ path: NetworkPath, _ payload: RawSpan, declared: Int, time: CaptureTime, origin: Origin) {
        if let title = title(path, payload, declared, time) { mark(title, origin) }
    }

    private mutating func title(_ path: NetworkPath, _ payload: RawSpan, _ declared: Int, _ time: CaptureTime) -> String? {
        switch classifier.content(of: payload, declared: declared, on: path) {
        case .rtp(let header): if let flow = flow(path, header, time) { return "media \(flow.title)" }
        case .relayed(let inner, let range, _):
            if case .rtp(let header) = classifier.relayed(payload.extracting(range), on: inner), let flow = flow(inner, header, time) {
                return "relayed media \(flow.title)"
            }
        default: break
        }
        return selection.accompanies(path, at: time) ? "on the media path" : nil
    }

    private func flow(_ path: NetworkPath, _ header: RTPHeader, _ time: CaptureTime) -> CarveSelection.Flow? {
        flows.find(path, header.ssrc).flatMap { selection.flow($0, at: time) }
    }

    mutating func segment(_ segment: TCPSegment, _ bytes: RawSpan, time: CaptureTime, origin: Origin) {
        if selection.connections.contains(segment.path) { mark("signalling connection", origin) }
        if selection.mediaStreams.contains(segment.path), selection.from <= time, time <= selection.until { mark("media connection", origin) }
    }

    private mutating func mark(_ title: String, _ origin: Origin) {
        for frame in fragments + [FrameKey(origin)] where marks[frame] == nil { marks[frame] = title }
    }
}
