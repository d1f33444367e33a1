package import Evidence

/// What a static payload type stands for (RFC 3551 tables 4 and 5).
package struct StaticPayload: Sendable, Equatable {
    package enum Kind: String, Sendable { case audio, video, audioVideo }

    /// How firmly the number belongs to the encoding.
    package enum Standing: String, Sendable {
        /// In the table of RFC 3551.
        case assigned
        /// Reserved by RFC 3551, but used with this meaning in the field.
        case reserved
    }

    package let payloadType: PayloadType
    /// Encoding name as SDP writes it.
    package let encoding: String
    /// Rate of the RTP timestamp. For G722 that is 8000 although it samples at 16000 (RFC 3551 section 4.5.2).
    package let clockRate: ClockRate
    /// Audio channels; 1 for video.
    package let channels: Int
    package let kind: Kind
    package let standing: Standing
}

/// The static payload types. An SDP rtpmap overrides them.
package enum PayloadRegistry {
    private static func entry(
        _ type: UInt8, _ encoding: String, _ hertz: Int, channels: Int = 1, _ kind: StaticPayload.Kind = .audio, _ standing: StaticPayload.Standing = .assigned
    ) -> StaticPayload? {
        ClockRate(hertz).map {
            StaticPayload(payloadType: PayloadType(type), encoding: encoding, clockRate: $0, channels: channels, kind: kind, standing: standing)
        }
    }

    /// Every entry, by payload type.
    package static let all: [StaticPayload] = [
        entry(0, "PCMU", 8000),
        // Was G721, which became G726-32; devices still send it.
        entry(2, "G726-32", 8000, .audio, .reserved),
        entry(3, "GSM", 8000),
        entry(4, "G723", 8000),
        entry(5, "DVI4", 8000),
        entry(6, "DVI4", 16000),
        entry(7, "LPC", 8000),
        entry(8, "PCMA", 8000),
        entry(9, "G722", 8000),
        entry(10, "L16", 44100, channels: 2),
        entry(11, "L16", 44100),
        entry(12, "QCELP", 8000),
        entry(13, "CN", 8000),
        entry(14, "MPA", 90000),
        entry(15, "G728", 8000),
        entry(16, "DVI4", 11025),
        entry(17, "DVI4", 22050),
        entry(18, "G729", 8000),
        // The number comfort noise had before RFC 3389; still mapped so by some gateways.
        entry(19, "CN", 8000, .audio, .reserved),
        entry(25, "CelB", 90000, .video),
        entry(26, "JPEG", 90000, .video),
        entry(28, "nv", 90000, .video),
        entry(31, "H261", 90000, .video),
        entry(32, "MPV", 90000, .video),
        entry(33, "MP2T", 90000, .audioVideo),
        entry(34, "H263", 90000, .video),
    ].compactMap(\.self)

    private static let table: [StaticPayload?] = {
        var table = [StaticPayload?](repeating: nil, count: 128)
        for entry in all { table[Int(entry.payloadType.value)] = entry }
        return table
    }()

    /// The static meaning of `type`; nil for unassigned and dynamic numbers.
    package static func meaning(of type: PayloadType) -> StaticPayload? { table[Int(type.value)] }

    /// 96 to 127: no meaning without SDP (RFC 3551 section 3).
    @inlinable package static func isDynamic(_ type: PayloadType) -> Bool { type.value >= 96 }
}
