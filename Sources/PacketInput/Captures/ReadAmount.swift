/// How much of an input was read.
@usableFromInline
package struct ReadAmount: Sendable, Equatable {
    /// Octets of the input as it lies: what its size counts.
    package var taken: Int
    /// What they came to where they are compressed; the same number where they are not.
    package var unpacked: Int

    @usableFromInline
    package init(taken: Int = 0, unpacked: Int = 0) {
        self.taken = taken
        self.unpacked = unpacked
    }

    package static func + (left: ReadAmount, right: ReadAmount) -> ReadAmount {
        ReadAmount(taken: left.taken + right.taken, unpacked: left.unpacked + right.unpacked)
    }

    package static func - (left: ReadAmount, right: ReadAmount) -> ReadAmount {
        ReadAmount(taken: left.taken - right.taken, unpacked: left.unpacked - right.unpacked)
    }
}
