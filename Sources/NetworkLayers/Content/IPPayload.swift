public import Evidence

/// What an IP header leaves for the protocol above it.
@frozen
@usableFromInline
package struct IPPayload: Sendable {
    @usableFromInline package let source: IPAddress
    @usableFromInline package let destination: IPAddress
    @usableFromInline package var start: Int
    /// Octets that were captured; never beyond what the IP header declares, so that link padding is not taken for payload.
    @usableFromInline package var captured: Int
    /// Octets by the IP header.
    @usableFromInline package var declared: Int

    @inlinable @inline(__always)
    package init(source: IPAddress, destination: IPAddress, start: Int, captured: Int, declared: Int) {
        self.source = source
        self.destination = destination
        self.start = start
        self.captured = captured
        self.declared = declared
    }

    /// Leaves out the first `count` octets, which were captured.
    @inlinable @inline(__always)
    package mutating func advance(_ count: Int) {
        start &+= count
        captured &-= count
        declared &-= count
    }
}
