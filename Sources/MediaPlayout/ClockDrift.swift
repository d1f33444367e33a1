/// A sender's clock that is to be corrected, and how.
package struct ClockDrift: Sendable, Equatable {
    package enum Method: String, Sendable, CaseIterable {
        /// Samples stay as they are; milliseconds are taken out of or put into quiet packets, anywhere only when no quiet one comes in time.
        case silence
        /// All sound is resampled by the drift.
        case resample
        /// The stream runs on its own clock.
        case none
    }

    /// Thousandths of ppm by which the sender's clock is fast.
    package var partsPerBillion: Int
    package var method: Method

    package init(partsPerBillion: Int, method: Method) {
        // A clock that is further off is none.
        self.partsPerBillion = min(max(partsPerBillion, -100_000_000), 100_000_000)
        self.method = method
    }
}
