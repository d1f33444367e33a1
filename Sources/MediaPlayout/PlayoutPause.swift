package import Evidence

/// A span of arrivals in which a stream was not to send, or was not to be recorded.
package struct PlayoutPause: Sendable, Equatable {
    package let from: CaptureTime
    package let until: CaptureTime
    /// What its packets are listed as: `hold` or `pause`.
    package let cause: GapCause

    package init(from: CaptureTime, until: CaptureTime, cause: GapCause) {
        self.from = from
        self.until = until
        self.cause = cause
    }
}
