import Evidence
import MediaPlayout
import PacketInput
import RTPSyntax
import RecordingPlan

/// Lost packets restored from parity and retransmissions, of the flow itself or of another that was made for it.
extension FlowRenderer {
    /// Takes note of a packet that was played. `body`: what stands behind its header, clear; `count`: of these without padding.
    @inline(never)
    mutating func learn(_ packet: ArrivedPacket, body: RawSpan, count: Int, _ scratch: inout [Int16]) {
        let header = packet.header
        guard header.headerLength <= packet.octets.byteCount, count <= body.byteCount else { return }
        let payload = body.extracting(0..<count)
        switch repair?.content(of: header.payloadType) {
        case .retransmission(let type):
            guard let found = RepairPacket(retransmission: payload, of: type, packet) else { return }
            if repairsOthers { repairs.append(found) } else { restore(found, &scratch) }
        case .parity where repairsOthers: repairs.append(RepairPacket(parity: payload, packet))
        default:
            let rest = packet.octets.array(RTPHeader.fixedLength..<header.headerLength) + body.array
            repair?.add(header, head: packet.octets.be16(0), rest: rest, payload: payload)
            restoreAll(packet.time, packet.origin, &scratch)
        }
    }

    mutating func restore(_ packet: RepairPacket, _ scratch: inout [Int16]) {
        let octets = packet.octets
        switch packet.content {
        case .parity:
            repair?.add(parity: unsafe octets.span.bytes)
            restoreAll(packet.time, packet.origin, &scratch)
        case .retransmission(let sequence, let timestamp, let type):
            let original = PlayoutPacket(
                sequence: sequence, timestamp: timestamp, payloadType: type, arrival: packet.time, origin: packet.origin, payload: unsafe octets.span.bytes)
            playout?.restore(original, from: .retransmission, into: &sink, scratch: &scratch)
        }
    }

    private mutating func restoreAll(_ time: CaptureTime, _ origin: Origin, _ scratch: inout [Int16]) {
        while let octets = repair?.next(ssrc: ssrc) {
            let bytes = unsafe octets.span.bytes
            guard let header = RTPHeader(parsing: bytes, at: 0, count: bytes.byteCount),
                let count = header.payloadCount(total: bytes.byteCount, bytes: bytes)
            else { continue }
            let packet = PlayoutPacket(
                sequence: header.sequence, timestamp: header.timestamp, payloadType: header.payloadType, arrival: time, origin: origin,
                payload: bytes.extracting(header.headerLength..<header.headerLength + count))
            playout?.restore(packet, from: .parity, into: &sink, scratch: &scratch)
        }
    }
}
