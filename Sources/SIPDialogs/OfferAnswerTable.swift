/// State of one exchange of offer and answer (RFC 3264 section 4).
enum ExchangeState: Sendable, Equatable {
    case offered
    /// An answer in a provisional response that is not reliable.
    case previewed
    case answered
    case rejected(status: Int)
}

/// What moves an exchange.
enum ExchangeEvent: Sendable, Equatable {
    case preview
    case answer
    /// The transaction succeeded without a further description.
    case success
    case failure(status: Int)
}

/// A message that may carry a session description.
enum DescriptionCarrier: CaseIterable, Sendable {
    case inviteRequest, unreliableProvisional, reliableProvisional, inviteSuccess, acknowledgement, prackRequest, prackSuccess, updateRequest, updateSuccess
}

/// What a session description in a message is.
enum DescriptionMeaning: Sendable, Equatable {
    case offer
    case answer
    /// An answer ahead of time; the real one must be the same (RFC 3261 section 13.2.1).
    case previewOfAnswer
    case previewOfOffer
    /// A repetition, or nothing that RFC 3264 knows.
    case none
}

/// Where offers and answers stand (RFC 3261 section 13.2.1, RFC 3262 section 5, RFC 3311 section 5, RFC 6337 table 1), and what they change.
enum OfferAnswerTable {
    /// - Parameters:
    ///   - requestOffered: the INVITE carried an offer.
    ///   - isOpen: an offer of the other party in this INVITE transaction has no answer.
    ///   - isSettled: this branch already gave its answer, or offer, reliably.
    static func meaning(_ carrier: DescriptionCarrier, requestOffered: Bool, isOpen: Bool, isSettled: Bool) -> DescriptionMeaning {
        switch (carrier, requestOffered, isOpen, isSettled) {
        case (.inviteRequest, _, _, _), (.updateRequest, _, _, _): .offer
        case (.unreliableProvisional, true, _, false): .previewOfAnswer
        case (.unreliableProvisional, false, _, false): .previewOfOffer
        case (.reliableProvisional, true, _, false), (.inviteSuccess, true, _, false): .answer
        case (.reliableProvisional, false, _, false), (.inviteSuccess, false, _, false): .offer
        case (.unreliableProvisional, _, _, true), (.reliableProvisional, _, _, true), (.inviteSuccess, _, _, true): .none
        case (.acknowledgement, _, true, _), (.prackRequest, _, true, _): .answer
        case (.acknowledgement, _, false, _): .none
        case (.prackRequest, _, false, _): .offer
        case (.prackSuccess, _, _, _), (.updateSuccess, _, _, _): .answer
        }
    }

    /// (state, event) -> state.
    static func next(_ state: ExchangeState, _ event: ExchangeEvent) -> ExchangeState {
        switch (state, event) {
        case (.offered, .preview): .previewed
        case (.offered, .answer), (.previewed, .answer): .answered
        case (.previewed, .success): .answered
        case (.offered, .failure(let status)), (.previewed, .failure(let status)), (.answered, .failure(let status)): .rejected(status: status)
        case (.offered, .success), (.previewed, .preview), (.answered, _), (.rejected, _): state
        }
    }
}
