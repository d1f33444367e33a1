/// How deep within link layers and tunnels a header lies, and in which tunnel.
@frozen
@usableFromInline
package struct Nesting: Sendable, Equatable {
    /// Link layers and tunnels that may still be opened.
    @usableFromInline package var remaining: Int
    /// Mixed from the identifiers of the tunnels around, 0 outside of any.
    @usableFromInline package var tunnel: UInt32

    /// `limit` is that of `Limits.encapsulationDepth`.
    @inlinable @inline(__always)
    package init(limit: Int = 16) {
        remaining = limit
        tunnel = 0
    }

    /// Goes one layer inwards; false when that is one too many.
    mutating func descend(into identifier: UInt32) -> Bool {
        guard remaining > 0 else { return false }
        remaining -= 1
        if identifier != 0 { tunnel = tunnel &* 0x0100_0193 ^ identifier }
        return true
    }
}
