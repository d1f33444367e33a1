public import Evidence

/// Sequence numbers made 64 bits wide by counting wraps (RFC 3550 appendix A.1, extended highest sequence number).
///
/// Tolerates reordering: each number is placed at the nearest point, at most 32,767 ahead of or 32,768 behind the highest so far.
/// A number that was sent before the first one seen may come out negative; order stays right.
@frozen
@usableFromInline
package struct ExtendedSequence: Sendable, Equatable {
    @usableFromInline var top: Int64
    @usableFromInline var started: Bool

    @inlinable
    package init() {
        top = 0
        started = false
    }

    /// The highest so far; nil before the first.
    @inlinable package var highest: Int64? { started ? top : nil }

    /// The number of `sequence` on the unbroken line, remembering the highest.
    @inlinable
    package mutating func extend(_ sequence: SequenceNumber) -> Int64 {
        guard started else {
            started = true
            top = Int64(sequence.value)
            return top
        }
        let extended = peek(sequence)
        if extended > top { top = extended }
        return extended
    }

    /// The number `extend` would give, without remembering it.
    @inlinable
    package func peek(_ sequence: SequenceNumber) -> Int64 {
        guard started else { return Int64(sequence.value) }
        return top &+ Int64(sequence.distance(from: SequenceNumber(UInt16(truncatingIfNeeded: top))))
    }
}
