/// State of an INVITE dialog as an observer sees it (RFC 3261 sections 12, 13 and 15).
enum DialogState: String, CaseIterable, Sendable {
    case idle, calling, early, confirmed, failed, terminated
}

/// What moves a dialog.
enum DialogEvent: String, CaseIterable, Sendable {
    /// INVITE without To tag.
    case invite
    /// 1xx without To tag.
    case provisional
    /// 1xx with To tag.
    case early
    /// 2xx to INVITE.
    case success
    /// 300-699 to INVITE.
    case failure
    /// Any other request inside the dialog, or its response.
    case inDialog
    case bye
}

/// Everything that changes a dialog's state: (state, event) -> state. What is not listed leaves the state as it is.
enum DialogStateTable {
    static let transitions: [(from: DialogState, event: DialogEvent, to: DialogState)] = [
        (.idle, .invite, .calling),
        (.idle, .provisional, .calling),
        (.idle, .early, .early),
        (.idle, .success, .confirmed),
        (.idle, .failure, .failed),
        (.idle, .inDialog, .confirmed),
        (.idle, .bye, .terminated),
        (.calling, .early, .early),
        (.calling, .success, .confirmed),
        (.calling, .failure, .failed),
        (.calling, .bye, .terminated),
        (.early, .success, .confirmed),
        (.early, .failure, .failed),
        (.early, .bye, .terminated),
        // A refused INVITE is sent again with credentials or another offer under the same Call-ID (RFC 3261 section 8.1.3.5).
        (.failed, .invite, .calling),
        (.failed, .success, .confirmed),
        // A refused re-INVITE leaves the dialog as it was: no row for (.confirmed, .failure).
        (.confirmed, .bye, .terminated),
    ]

    static func next(_ state: DialogState, _ event: DialogEvent) -> DialogState {
        transitions.first { $0.from == state && $0.event == event }?.to ?? state
    }
}
