/// What one call of a decompressor did.
struct DecompressionStep {
    enum State {
        /// Wants more input, or more room.
        case more
        /// A member (gzip), frame (Zstandard, LZ4) or stream (xz) is complete, its checksum right.
        case memberEnd
        /// Cannot go on, in words. What was produced before counts.
        case failed(String)
    }

    var consumed: Int
    var produced: Int
    var state: State
}

/// One library's streaming decompression of one member after the other, with memory that does not depend on the content's length.
protocol Decompressor: AnyObject {
    /// Takes what it can from `input` and gives what it can into `output`. Neither consuming nor producing anything means that input is missing.
    func step(_ input: UnsafeRawBufferPointer, _ output: UnsafeMutableRawBufferPointer) -> DecompressionStep
    /// After a member's end: makes ready for the next. False where that cannot be.
    func restart() -> Bool
}
