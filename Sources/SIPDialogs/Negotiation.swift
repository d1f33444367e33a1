package import Evidence
package import SDPSyntax

/// What became of an offer.
package enum NegotiationOutcome: Sendable, Equatable {
    case answered
    /// The request that carried it was refused: what was agreed before stays in force (RFC 3261 section 14.1).
    case rejected(status: Int)
    case unanswered
}

/// One offer and its answer (RFC 3264). A key in the offer protects what the offerer sends, one in the answer what the answerer sends.
package struct Negotiation: Sendable {
    package let offerer: Side
    package internal(set) var offer: SessionDescription
    package internal(set) var offerTime: CaptureTime
    /// Maps octets of the offer's text to packets.
    package internal(set) var offerOrigins: OriginMap
    package internal(set) var answer: SessionDescription?
    package internal(set) var answerTime: CaptureTime?
    package internal(set) var answerOrigins: OriginMap?
    /// The answer, or an offer in a response, was only seen in a provisional response that is not reliable (RFC 3262): a preview.
    package internal(set) var isProvisional: Bool
    /// The capture lacks the request, so that the description in its response may be the answer to an offer that nobody saw.
    package internal(set) var lacksRequest = false
    /// CSeq number of the request that the exchange belongs to.
    package let cseq: UInt32
    /// `INVITE`, `UPDATE` or `PRACK`.
    package let method: String
    /// Remote tag of the branch that answered; nil while no branch has.
    package internal(set) var branch: String?
    /// When the request, or this branch of it, was refused.
    package internal(set) var refusedTime: CaptureTime?
    /// False for branches of a forked INVITE that another one won.
    package internal(set) var isOnConfirmedBranch = true

    var state: ExchangeState

    package var outcome: NegotiationOutcome {
        switch state {
        case .offered: .unanswered
        case .previewed, .answered: .answered
        case .rejected(let status): .rejected(status: status)
        }
    }
}
