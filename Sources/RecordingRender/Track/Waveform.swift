/// The shape of one audio file for a picture.
package struct Waveform: Sendable, Equatable {
    /// As in `files` of the sidecar.
    package let path: String
    /// Seconds of one span.
    package let step: Double
    /// Lowest and highest sample of each span, one after the other, in 1/128 of full scale.
    package let peaks: [Int8]

    package init(path: String, step: Double, peaks: [Int8]) {
        self.path = path
        self.step = step
        self.peaks = peaks
    }
}
