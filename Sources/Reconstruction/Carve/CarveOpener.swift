import Evidence
import NetworkLayers
import PacketInput
import RTPSyntax
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
    private var relays = TURNTable()

    init(selection: CarveSelection, flows: FlowTable, usesLibSRTPOnly: Bool) {
        self.selection = selection
        self.flows = flows
        engine = usesLibSRTPOnly ? .libsrtp2 : .libcrypto
    }

    mutating func begin() { opened = [] }

    /// What the frame held in clear; nil where it is to be copied as it is.
    mutating func take() -> [[UInt8]]? { opened.isEmpty ? nil : opened }

    mutating func datagram(_ path: NetworkPath, _ payload: RawSpan, declared: Int, time: CaptureTime, origin: Origin) {
        if open(path, payload, time) { return }
        if case .inner(let inner, let range, _) = relays.content(of: payload, declared: declared, on: path) {
            _ = open(inner, payload.extracting(range), time)
        }
    }

    private mutating func open(_ path: NetworkPath, _ packet: RawSpan, _ time: CaptureTime) -> Bool {
        guard packet.byteCount >= RTPHeader.fixedLength, let header = RTPHeader(parsing: packet, at: 0, count: packet.byteCount),
            let number = flows.find(path, header.ssrc), let flow = selection.flow(number, at: time)
        else { return false }
        guard flow.planned.isSecure, !flow.planned.keys.isEmpty else { return true }
        let stream = streams[number] ?? SRTPStream(keys: flow.planned.keys, initialROC: flow.planned.security.initialROC, engine: engine)
        streams[number] = stream
        guard case .opened = stream.open(packet, header: header, into: &plain), header.headerLength <= packet.byteCount,
            let built = PacketBuilder.datagram(path, packet.array(0..<header.headerLength) + plain)
        else { return true }
        opened.append(built)
        return true
    }

    mutating func segment(_ segment: TCPSegment, _ bytes: RawSpan, time: CaptureTime, origin: Origin) {}
}
