/// What becomes one recording (`--by`).
package enum ConversationRule: String, Sendable, CaseIterable {
    /// A communication session, with those that a group or a transfer ties to it.
    case conversation
    /// Each communication session.
    case session
    /// Each dialog.
    case dialog
}
