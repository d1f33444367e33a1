import Evidence
import MediaPlayout
import RTPSyntax

/// Lost packets restored from parity and retransmissions, of the flow itself or of another that was made for it.
extension FlowCore {
    /// Another flow is about this one's packets, whether or not anything on its own media line says so.
    mutating func expectRepair() {
        isRepaired = true
        repair = repair ?? PacketRepair()
    }

    /// Takes note of a packet that was played. `packet`: as captured; `body`: what stands behind its header, clear; `count`: of these without padding.
    @inline(never)
    mutating func learn(
        _ packet: RawSpan, _ header: RTPHeader, body: RawSpan, count: Int, _ time: CaptureTime, _ origin: Origin, _ scratch: inout [Int16]
    ) {
        guard header.headerLength <= packet.byteCount, count <= body.byteCount else { return }
        let payload = body.extracting(0..<count)
        switch repair?.content(of: header.payloadType) {
        case .retransmission(let type): resend(payload, header, as: type, time, origin, &scratch)
        case .parity where !repaired.isEmpty:
            for flow in repaired { flow.add(parity: payload, time: time, origin: origin, scratch: &scratch) }
        default:
            let rest = packet.array(RTPHeader.fixedLength..<header.headerLength) + body.array
            repair?.add(header, head: packet.be16(0), rest: rest, payload: payload)
            restoreAll(time, origin, &scratch)
        }
    }

    /// Parity that another flow carries about this one.
    mutating func add(parity payload: RawSpan, time: CaptureTime, origin: Origin, scratch: inout [Int16]) {
        repair?.add(parity: payload)
        restoreAll(time, origin, &scratch)
    }

    private mutating func resend(
        _ payload: RawSpan, _ header: RTPHeader, as type: PayloadType, _ time: CaptureTime, _ origin: Origin, _ scratch: inout [Int16]
    ) {
        guard let head = RetransmissionPayload(parsing: payload) else { return }
        let original = payload.extracting(RetransmissionPayload.headerLength..<payload.byteCount)
        let packet = PlayoutPacket(
            sequence: head.originalSequence, timestamp: header.timestamp, payloadType: type, arrival: time, origin: origin, payload: original)
        if repaired.isEmpty {
            restore(packet, from: .retransmission, &scratch)
        } else {
            for flow in repaired { flow.restore(packet, from: .retransmission, scratch: &scratch) }
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
            restore(packet, from: .parity, &scratch)
        }
    }

    /// Gives the playout a packet in place of one that did not come.
    mutating func restore(_ packet: borrowing PlayoutPacket, from source: RecoverySource, _ scratch: inout [Int16]) {
        playout?.restore(packet, from: source, into: &sink, scratch: &scratch)
    }
}
