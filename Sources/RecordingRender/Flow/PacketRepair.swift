import Evidence
import MediaCodecs
import MediaPlayout
import RTPSyntax
import RecordingPlan

/// What was negotiated to repair loss in a flow, and what its packets said so far: parity (RFC 5109), also in redundant payloads (section 14),
/// and retransmissions (RFC 4588).
struct PacketRepair {
    private let formats: RepairFormats
    private var parity = ParityRecovery()

    /// Packets that only others are about.
    init() { formats = RepairFormats() }

    /// Nil where nothing that repairs was negotiated.
    init?(_ maps: [(from: CaptureTime, map: [PayloadType: CodecDescription])]) {
        guard let formats = RepairFormats(maps) else { return nil }
        self.formats = formats
    }

    func content(of type: PayloadType) -> RepairFormats.Content { formats.content(of: type) }

    /// Whether packets of these types can restore others.
    func isUseful(for types: [PayloadType]) -> Bool { formats.isUseful(for: types) }

    /// Takes a packet of the flow. `head`: its first two octets; `rest`: all behind the fixed header, clear; `payload`: without padding.
    mutating func add(_ header: RTPHeader, head: UInt16, rest: [UInt8], payload: RawSpan) {
        switch content(of: header.payloadType) {
        case .media: parity.add(sequence: header.sequence, head: head, timestamp: header.timestamp, rest: rest)
        case .parity: add(parity: payload)
        case .retransmission: break
        case .redundant:
            guard let blocks = RedundantPayload(parsing: payload) else { return }
            for block in blocks.redundant + [blocks.primary] where formats.isParity(block.payloadType) { add(parity: payload.extracting(block.range)) }
            guard !formats.isParity(blocks.primary.payloadType) else { return }
            // Parity protects the packet as it would be without the blocks.
            let lists = rest.prefix(header.headerLength - RTPHeader.fixedLength)
            parity.add(
                sequence: header.sequence, head: head & 0xDF80 | UInt16(blocks.primary.payloadType.value), timestamp: header.timestamp,
                rest: lists + payload.extracting(blocks.primary.range).array)
        }
    }

    mutating func add(parity payload: RawSpan) { _ = parity.add(parity: payload) }

    /// A whole packet that parity restores; nil when there is no more.
    mutating func next(ssrc: SSRC) -> [UInt8]? { parity.next(ssrc: ssrc) }
}
