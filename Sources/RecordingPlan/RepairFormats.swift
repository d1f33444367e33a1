package import Evidence
package import MediaCodecs

/// Which payload types of a flow repair loss, by what was negotiated: parity (RFC 5109), also in redundant payloads (section 14), and
/// retransmissions (RFC 4588).
package struct RepairFormats: Sendable {
    package enum Content: Sendable {
        case media
        case parity
        /// Of packets of this type.
        case retransmission(PayloadType)
        case redundant
    }

    private var contents: [PayloadType: Content] = [:]

    /// Nothing was negotiated.
    package init() {}

    /// Nil where nothing that repairs was negotiated.
    package init?(_ maps: [(from: CaptureTime, map: [PayloadType: CodecDescription])]) {
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

    package func content(of type: PayloadType) -> Content { contents[type] ?? .media }

    package func isParity(_ type: PayloadType) -> Bool { if case .parity = content(of: type) { true } else { false } }

    /// Whether packets of these types can restore others.
    package func isUseful(for types: [PayloadType]) -> Bool {
        types.contains { type in
            switch content(of: type) {
            case .media: false
            case .parity, .retransmission: true
            case .redundant: contents.keys.contains { isParity($0) }
            }
        }
    }

    /// Whether all packets of these types are about packets of another source.
    package func isOnlyRepair(_ types: [PayloadType]) -> Bool {
        !types.isEmpty
            && types.allSatisfy { type in
                switch content(of: type) {
                case .media, .redundant: false
                case .parity, .retransmission: true
                }
            }
    }

}
