import RTPSyntax
import RecordingPlan
import SDPSyntax
import SIPDialogs

extension LevelIdentifiers {
    init(_ dialog: SIPDialog, mediaIndex: Int) {
        self.init()
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
