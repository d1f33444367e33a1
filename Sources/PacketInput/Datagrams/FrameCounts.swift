/// Frames seen, by what they held.
@frozen
@usableFromInline
package struct FrameCounts: Sendable {
    @usableFromInline package var frames = 0
    @usableFromInline package var udp = 0
    @usableFromInline package var tcp = 0
    @usableFromInline package var fragments = 0
    @usableFromInline package var other = 0
    @usableFromInline package var sip = 0
    @usableFromInline package var rtp = 0
    @usableFromInline package var rtcp = 0
    @usableFromInline package var unclassified = 0
    @usableFromInline package var stun = 0
    @usableFromInline package var dtls = 0
    /// Datagrams that a TURN relay carried; their content is counted by itself too.
    @usableFromInline package var relayed = 0
    /// Datagrams that only keep a binding open.
    @usableFromInline package var keepAlives = 0

    package init() {}
}
