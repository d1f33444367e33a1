import CaptureSurvey
import Evidence
import MediaCodecs
import MediaPlayout
import PacketInput
import RTPSyntax

/// What was negotiated to repair loss in a flow, and what its packets said so far: parity (RFC 5109), also in redundant payloads (section 14),
/// and retransmissions (RFC 4588).
struct PacketRepair {
    enum Content {
        case media
        case parity
        /// Of packets of this type.
        case retransmission(PayloadType)
        case redundant
    }

    private var contents: [PayloadType: Content] = [:]
    private var parity = ParityRecovery()

    /// Packets that only others are about.
    init() {}

    /// Nil where nothing that repairs was negotiated.
    init?(_ maps: [(from: CaptureTime, map: [PayloadType: CodecDescription])]) {
        for (type, codec) in maps.flatMap(\.map) where contents[type] == nil {
            switch codec.encoding {
            case "ULPFEC": contents[type] = .parity
            case "RTX":
                if let original = codec.parameter("apt").flatMap({ UInt8($0) }), original < 128 { contents[type] = .retransmission(PayloadType(original)) }
            case "RED": contents[type] = .redundant
            default: break
            }
        }
        if contents.isEmpty { return nil }
    }

    func content(of type: PayloadType) -> Content { contents[type] ?? .media }

    private func isParity(_ type: PayloadType) -> Bool { if case .parity = content(of: type) { true } else { false } }

    /// Whether packets of these types can restore others.
    func isUseful(for types: [PayloadType]) -> Bool {
        types.contains { type in
            switch content(of: type) {
            case .media: false
            case .parity, .retransmission: true
            case .redundant: contents.keys.contains { isParity($0) }
            }
        }
    }

    /// Whether all packets of these types are about packets of another source.
    func isOnlyRepair(_ types: [PayloadType]) -> Bool {
        !types.isEmpty
            && types.allSatisfy { type in
                switch content(of: type) {
                case .media, .redundant: false
                case .parity, .retransmission: true
                }
            }
    }

    /// Takes a packet of the flow. `head`: its first two octets; `rest`: all behind the fixed header, clear; `payload`: without padding.
    mutating func add(_ header: RTPHeader, head: UInt16, rest: [UInt8], payload: RawSpan) {
        switch content(of: header.payloadType) {
        case .media: parity.add(sequence: header.sequence, head: head, timestamp: header.timestamp, rest: rest)
        case .parity: add(parity: payload)
        case .retransmission: break
        case .redundant:
            guard let blocks = RedundantPayload(parsing: payload) else { return }
            for block in blocks.redundant + [blocks.primary] where isParity(block.payloadType) { add(parity: payload.extracting(block.range)) }
            guard !isParity(blocks.primary.payloadType) else { return }
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
