import Evidence
import NetworkLayers
import PacketInput
import RTPSyntax
import RecordingPlan
import SRTPDecryption
import StreamMatching

/// Opens SRTP packets of the recording, and makes packets around what was inside.
struct CarveOpener: TransportVisitor {
    private let selection: CarveSelection
    private let flows: FlowTable
    private let engine: SRTPEngine
    private var streams: [Int: SRTPStream] = [:]
    private var plain: [UInt8] = []
    private var opened: [[UInt8]] = []
    private var classifier: DatagramClassifier

    init(selection: CarveSelection, flows: FlowTable, rules: [DecodeRule], engine: SRTPEngine) {
        self.selection = selection
        self.flows = flows
        self.engine = engine
        classifier = DatagramClassifier(rules)
    }

    mutating func begin() { opened = [] }

    /// What the frame held in clear; nil where it is to be copied as it is.
    mutating func take() -> [[UInt8]]? { opened.isEmpty ? nil : opened }

    mutating func datagram(_ path: NetworkPath, _ payload: RawSpan, declared: Int, time: CaptureTime, origin: Origin) {
        switch classifier.content(of: payload, declared: declared, on: path) {
        case .rtp(let header): open(path, header, payload, time)
        case .relayed(let inner, let range, _):
            let packet = payload.extracting(range)
            if case .rtp(let header) = classifier.relayed(packet, on: inner) { open(inner, header, packet, time) }
        default: break
        }
    }

    private mutating func open(_ path: NetworkPath, _ header: RTPHeader, _ packet: RawSpan, _ time: CaptureTime) {
        guard let number = flows.find(path, header.ssrc), let flow = selection.flow(number, at: time) else { return }
        guard flow.planned.isSecure, !flow.planned.keys.isEmpty else { return }
        let stream = streams[number] ?? SRTPStream(keys: flow.planned.keys, initialROC: flow.planned.security.initialROC, engine: engine)
        streams[number] = stream
        guard case .opened = stream.open(packet, header: header, into: &plain), header.headerLength <= packet.byteCount,
            let built = PacketBuilder.datagram(path, packet.array(0..<header.headerLength) + plain)
        else { return }
        opened.append(built)
    }

    mutating func segment(_ segment: TCPSegment, _ bytes: RawSpan, time: CaptureTime, origin: Origin) {}
}
