/// What a link header says: which protocol follows, and where.
@frozen
@usableFromInline
package enum LinkStep: Sendable {
    case payload(etherType: UInt16, start: Int)
    case stop(FrameOther)
    /// A link type that is not read inline.
    case uncommon
}
