/// Session parameters of an `a=crypto` line (RFC 4568 section 6.3), as far as they change how a packet is opened.
package struct SRTPSessionParameters: Sendable, Equatable {
    /// False with UNENCRYPTED_SRTP: packets are authenticated and in clear.
    package private(set) var encryptsRTP = true
    /// False with UNENCRYPTED_SRTCP. Each SRTCP packet tells by its E flag, so this decides nothing.
    package private(set) var encryptsRTCP = true
    /// Parameters that are not honoured, as written but without any key: packets can not be opened with the line.
    package private(set) var refused: [String] = []
    /// Parameters that need nothing from a passive observer, or concern other packets than those of the stream.
    package private(set) var ignored: [String] = []

    package init(_ parameters: [String]) {
        for parameter in parameters {
            let upper = parameter.uppercased()
            let name = upper.prefix { $0 != "=" }
            switch name {
            case "UNENCRYPTED_SRTP": encryptsRTP = false
            case "UNENCRYPTED_SRTCP": encryptsRTCP = false
            // A tag is all that tells a right key from a wrong one, and a packet from a forged one.
            case "UNAUTHENTICATED_SRTP": refused.append("UNAUTHENTICATED_SRTP")
            // A rate of 2^0 to 2^24; absent is no further derivation (RFC 3711 section 4.3.1).
            case "KDR": refused.append("KDR")
            case "WSH": ignored.append("WSH")
            case "FEC_ORDER": ignored.append("FEC_ORDER")
            case "FEC_KEY": ignored.append("FEC_KEY")
            default:
                // Unknown ones without a leading dash make the line invalid (section 6.3.7).
                if !upper.hasPrefix("-") { refused.append(String(name.prefix(40))) }
            }
        }
    }

    /// Whether the line's keys can be used.
    package var isSupported: Bool { refused.isEmpty }
}
