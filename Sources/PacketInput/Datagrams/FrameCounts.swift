/// Frames seen, by what they held.
@frozen
@usableFromInline
package struct FrameCounts: Sendable {
    @usableFromInline package var frames = 0
    @usableFromInline package var udp = 0
    @usableFromInline package var tcp = 0
    @usableFromInline package var fragments = 0
    @usableFromInline package var other = 0

    package init() {}
}
