/// What a link or tunnel header says of what it carries.
@frozen
@usableFromInline
package enum InnerStep: Sendable, Equatable {
    /// Another header, at an offset from the start of the frame; `tunnel` is the identifier of the tunnel, 0 where it has none.
    case inner(InnerKind, start: Int, tunnel: UInt32 = 0)
    case message(CapturedMessage)
    case stop(FrameOther)
}

/// The kind of the header that follows.
@frozen
@usableFromInline
package enum InnerKind: Sendable, Equatable {
    /// IPv4 or IPv6 by its version.
    case ip
    case ethernet
    /// What this EtherType says.
    case etherType(UInt16)
    /// The LINKTYPE_ number of the capture formats.
    case link(UInt32)
    case ppp
    case mpls
}
