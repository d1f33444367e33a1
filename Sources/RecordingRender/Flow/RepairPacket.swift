import Evidence
import MediaPlayout
import RTPSyntax
import RecordingPlan

/// What a packet brings to restore another one, of its own flow or of one that it was made for.
struct RepairPacket {
    enum Content {
        /// Parity over packets (RFC 5109).
        case parity
        /// A packet once more (RFC 4588), with its own number and type.
        case retransmission(SequenceNumber, RTPTimestamp, PayloadType)
    }

    let content: Content
    /// The parity's payload, or that of the packet that is there once more.
    let octets: [UInt8]
    /// Of the packet that brought it.
    let time: CaptureTime
    let origin: Origin

    init(parity payload: RawSpan, _ packet: ArrivedPacket) {
        content = .parity
        octets = payload.array
        time = packet.time
        origin = packet.origin
    }

    /// Nil where there is not even the number. `type`: of the packet that is there once more.
    init?(retransmission payload: RawSpan, of type: PayloadType, _ packet: ArrivedPacket) {
        guard let head = RetransmissionPayload(parsing: payload) else { return nil }
        content = .retransmission(head.originalSequence, packet.header.timestamp, type)
        octets = payload.extracting(RetransmissionPayload.headerLength..<payload.byteCount).array
        time = packet.time
        origin = packet.origin
    }
}
