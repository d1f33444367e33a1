import CaptureSurvey
import Evidence
import RecordingPlan
import SDPSyntax
import SIPDialogs

/// Sockets on which the two sides of a dialog said that they receive media, with when: two calls at once never share one, so that dialogs
/// which do are hops of one call through a server that leaves media alone (RFC 7092 section 3.1).
enum MediaSockets {
    static func keys(of dialog: SIPDialog) -> [String] {
        var out: [String] = []
        for negotiation in dialog.negotiations.prefix(16) {
            if case .rejected = negotiation.outcome { continue }
            for (side, description) in [("offer", negotiation.offer as SessionDescription?), ("answer", negotiation.answer)] {
                guard let description else { continue }
                for media in description.media.prefix(16) where media.port != 0 {
                    guard let address = (media.connection ?? description.connection)?.address, !address.isUnspecified else { continue }
                    let key = "\(side) \(address) \(media.port)"
                    if !out.contains(key) { out.append(key) }
                }
            }
        }
        return out
    }
}
