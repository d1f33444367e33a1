import Evidence

/// What a radio of air traffic control says with every RTP packet (EUROCAE ED-137): the header extension of profile 0x0067, or 0x0167 from
/// ED-137A on. The first three bits are the kind of push-to-talk, the next one tells an open squelch.
package struct RadioExtension: Sendable, Equatable {
    /// How the transmitter is keyed.
    package enum PushToTalk: UInt8, Sendable {
        case off = 0
        case normal, coupling, priority, emergency, test
        case reserved6, reserved7

        package var name: String {
            switch self {
            case .off: "off"
            case .normal: "normal"
            case .coupling: "coupling"
            case .priority: "priority"
            case .emergency: "emergency"
            case .test: "test"
            case .reserved6: "6"
            case .reserved7: "7"
            }
        }
    }

    package let pushToTalk: PushToTalk
    /// Somebody is received.
    package let isSquelchOpen: Bool
    /// Tells the users of one radio apart; four bits in the first edition, six from ED-137A on.
    package let identifier: UInt8

    /// Nil for a packet without this extension.
    package init?(_ header: RTPHeader, in bytes: RawSpan) {
        let isFirstEdition = header.extensionProfile == 0x0067
        guard isFirstEdition || header.extensionProfile == 0x0167, let data = header.extensionData(), data.count >= 4, data.upperBound <= bytes.byteCount,
            let state = PushToTalk(rawValue: bytes.u8(data.lowerBound) >> 5)
        else { return nil }
        let word = bytes.be32(data.lowerBound)
        pushToTalk = state
        isSquelchOpen = word & 0x1000_0000 != 0
        identifier = UInt8(truncatingIfNeeded: isFirstEdition ? word >> 24 & 0xF : word >> 22 & 0x3F)
    }
}
