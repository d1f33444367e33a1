import RTPSyntax
import SDPSyntax
import SIPDialogs

/// Under which identifiers the packets of a flow carry audio levels (RFC 6464, RFC 6465), by what was negotiated last.
struct LevelIdentifiers: Sendable, Equatable {
    var client: UInt8?
    var contributors: UInt8?

    static let none = LevelIdentifiers()

    init() {}

    init(_ dialog: SIPDialog, mediaIndex: Int) {
        for negotiation in dialog.negotiations {
            for description in [negotiation.offer, negotiation.answer] {
                guard let description, mediaIndex < description.media.count else { continue }
                let media = description.media[mediaIndex]
                client = media.headerExtensions[AudioLevel.clientURI] ?? client
                contributors = media.headerExtensions[AudioLevel.contributorsURI] ?? contributors
            }
        }
    }
}
