import CaptureSurvey
import Evidence
import RecordingPlan
import SDPSyntax
import SIPDialogs

/// The two sockets between which a negotiation places a media line.
///
/// Hops of one call through a server that leaves media alone (RFC 7092 section 3.1) have the same pair. So have calls that have nothing to do with
/// each other: addresses of private networks are used everywhere, and some products use one port for all calls.
struct MediaSockets: Hashable, CustomStringConvertible {
    let offer: Endpoint
    let answer: Endpoint

    static func pairs(of dialog: SIPDialog) -> [MediaSockets] {
        var out: [MediaSockets] = []
        for negotiation in dialog.negotiations.prefix(16) {
            if case .rejected = negotiation.outcome { continue }
            guard let answer = negotiation.answer else { continue }
            for (own, peer) in zip(negotiation.offer.media, answer.media).prefix(16) {
                guard let offer = endpoint(own, in: negotiation.offer), let answer = endpoint(peer, in: answer) else { continue }
                let pair = negotiation.offerer == .client ? MediaSockets(offer: offer, answer: answer) : MediaSockets(offer: answer, answer: offer)
                if !out.contains(pair) { out.append(pair) }
            }
        }
        return out
    }

    private static func endpoint(_ media: MediaDescription, in description: SessionDescription) -> Endpoint? {
        guard media.port != 0, let address = (media.connection ?? description.connection)?.address, !address.isUnspecified else { return nil }
        return Endpoint(address, media.port)
    }

    var description: String { "\(offer) \(answer)" }

    /// Both are addresses that only one host in the world has.
    var isGlobal: Bool { offer.address.isGlobal && answer.address.isGlobal }

    /// Whether packets on the path run between the two, either way.
    func carries(_ path: NetworkPath) -> Bool {
        path.source == offer && path.destination == answer || path.source == answer && path.destination == offer
    }
}

extension IPAddress {
    /// Not one of private networks (RFC 1918), carriers' translators (RFC 6598), a link (RFC 3927, RFC 4291 section 2.5.6), unique local ones
    /// (RFC 4193), or the host itself.
    var isGlobal: Bool {
        if family == 4 {
            let value = UInt32(truncatingIfNeeded: low)
            switch value >> 24 {
            case 0, 10, 127: return false
            case 100: return value >> 22 & 3 != 1
            case 169: return value >> 16 & 255 != 254
            case 172: return value >> 20 & 15 != 1
            case 192: return value >> 16 & 255 != 168
            default: return true
            }
        }
        if high == 0 { return low > 1 }
        return high >> 57 != 0x7E && high >> 54 != 0x3FA
    }
}
