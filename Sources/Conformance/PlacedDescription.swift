import Evidence
import SDPSyntax
import SIPDialogs
import StreamMatching

/// One session description with its sender, time and place.
struct PlacedDescription {
    let description: SessionDescription
    let sender: Side
    let time: CaptureTime
    let origins: OriginMap
    let isOffer: Bool

    /// What `a=record` or `a=recordpref` comes to: a media line's own value goes before that of the session (RFC 7866 sections 7.1.2 and 7.1.3). The
    /// value of the first line in use that has one of `order`, so that a line that is recorded counts before one that is not.
    func value(of name: String, order: [String]) -> (value: String, place: Origin)? {
        let session = description.attributes.first { $0.name == name }
        let lines = description.media.filter { !$0.isRejected }
        let found = (lines.map { line in line.attributes.first { $0.name == name } ?? session } + (lines.isEmpty ? [session] : [])).compactMap(\.self)
        for value in order {
            if let attribute = found.first(where: { $0.trimmedValue == value }) { return (value, origins.origin(at: attribute.offset)) }
        }
        return nil
    }

    /// The media line that a finding about the whole points to.
    var place: Origin { origins.origin(at: description.media.first { !$0.isRejected }?.offset ?? description.media.first?.offset ?? 0) }
}

extension SIPDialog {
    /// Descriptions that took effect, in order: a refused offer is none, and the next one need not follow it.
    var placedDescriptions: [PlacedDescription] {
        negotiations.flatMap { negotiation -> [PlacedDescription] in
            if case .rejected = negotiation.outcome { return [] }
            let offer = PlacedDescription(
                description: negotiation.offer, sender: negotiation.offerer, time: negotiation.offerTime, origins: negotiation.offerOrigins, isOffer: true)
            guard let answer = negotiation.answer, let origins = negotiation.answerOrigins else { return [offer] }
            let answered = PlacedDescription(
                description: answer, sender: negotiation.offerer.other, time: negotiation.answerTime ?? negotiation.offerTime, origins: origins, isOffer: false
            )
            return [offer, answered]
        }
    }
}
