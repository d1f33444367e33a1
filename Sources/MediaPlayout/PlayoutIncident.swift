package import Evidence

/// One kind of trouble in a stream, counted: what a finding is made of.
package struct PlayoutIncident: Sendable, Equatable {
    package enum Kind: Int, Sendable, CaseIterable {
        /// Packets of an encoding that nothing here decodes.
        case unsupportedCodec
        /// Payloads that the decoder refused.
        case undecodable
        /// Packets of a payload type that no description maps.
        case unmappedPayloadType
        /// Gaps by lost packets.
        case networkLoss
        /// The numbering of the stream began anew.
        case reset
        /// Timestamps ran away from the arrival times and the stream was placed anew.
        case timestampDisagrees
        /// Packets that came after their place had been given up.
        case late
        /// Packets whose sound overlapped what was there.
        case overlap
        /// The stream jumped further than one gap may last.
        case gapBound
        /// Single packets that fit nowhere.
        case stray
        /// Timestamps run at another clock than the one described.
        case otherClock
        /// Timestamps stand still or count octets.
        case timestampsAreNoTime
        /// Gaps whose beginning the decoder filled with sound of its own.
        case concealed

        /// The rule that a finding about this breaks.
        package var rule: Rule {
            switch self {
            case .unsupportedCodec: .aud001
            case .undecodable: .aud002
            case .unmappedPayloadType: .aud003
            case .networkLoss: .ply001
            case .reset: .ply002
            case .timestampDisagrees: .ply003
            case .late, .stray: .ply004
            case .overlap: .ply005
            case .gapBound: .ply006
            case .concealed: .ply008
            case .otherClock: .ply009
            case .timestampsAreNoTime: .ply010
            }
        }
    }

    package let kind: Kind
    package internal(set) var count: Int
    package let first: Origin
    package internal(set) var last: Origin
}

/// A moment at which the stream changed.
package struct PlayoutEvent: Sendable, Equatable {
    package enum Kind: Sendable, Equatable {
        /// Sequence numbers jumped: the sender restarted, or another took over its SSRC.
        case sequenceReset
        /// Sequence numbers went on, timestamps jumped.
        case timestampReset
        /// Same numbering, placed anew because arrival times say so.
        case reanchored
        /// The RTP clock rate changed with the codec (RFC 7160).
        case clockChange
        /// Another payload type took over the audio.
        case codecChange(PayloadType)
    }

    package let kind: Kind
    package let time: CaptureTime
    package let origin: Origin
}
