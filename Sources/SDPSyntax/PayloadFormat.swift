package import Evidence

/// What a payload type of a media line means (RFC 8866 section 6.6, RFC 3551 section 6).
package struct PayloadFormat: Sendable, Equatable {
    package let payloadType: PayloadType
    /// As written in rtpmap or as in RFC 3551; empty for a dynamic type that nothing explains.
    package let encoding: String
    /// Hertz of the RTP clock as signalled (8000 for G.722); 0 where unknown or unreadable.
    package let clockRate: Int
    /// 1 where not given.
    package let channels: Int
    /// The value of `a=fmtp` after the payload type.
    package let parameters: String?
    /// A static payload type without rtpmap.
    package let isImplied: Bool

    package init(payloadType: PayloadType, encoding: String, clockRate: Int, channels: Int, parameters: String?, isImplied: Bool) {
        self.payloadType = payloadType
        self.encoding = encoding
        self.clockRate = clockRate
        self.channels = channels
        self.parameters = parameters
        self.isImplied = isImplied
    }
}

/// Static payload types (RFC 3551 tables 4 and 5), and two reserved ones that devices use: 2 for G726-32, 19 for CN.
enum StaticPayloads {
    static func format(_ type: UInt8) -> (encoding: String, clockRate: Int, channels: Int)? {
        switch type {
        case 0: ("PCMU", 8000, 1)
        case 2: ("G726-32", 8000, 1)
        case 3: ("GSM", 8000, 1)
        case 4: ("G723", 8000, 1)
        case 5: ("DVI4", 8000, 1)
        case 6: ("DVI4", 16000, 1)
        case 7: ("LPC", 8000, 1)
        case 8: ("PCMA", 8000, 1)
        case 9: ("G722", 8000, 1)
        case 10: ("L16", 44100, 2)
        case 11: ("L16", 44100, 1)
        case 12: ("QCELP", 8000, 1)
        case 13, 19: ("CN", 8000, 1)
        case 14: ("MPA", 90000, 1)
        case 15: ("G728", 8000, 1)
        case 16: ("DVI4", 11025, 1)
        case 17: ("DVI4", 22050, 1)
        case 18: ("G729", 8000, 1)
        case 25: ("CelB", 90000, 1)
        case 26: ("JPEG", 90000, 1)
        case 28: ("nv", 90000, 1)
        case 31: ("H261", 90000, 1)
        case 32: ("MPV", 90000, 1)
        case 33: ("MP2T", 90000, 1)
        case 34: ("H263", 90000, 1)
        default: nil
        }
    }
}
