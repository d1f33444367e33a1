/// How tracks are written.
struct TrackSettings {
    /// Frames beyond which nothing is placed.
    let maximumFrames: Int64
    /// Samples that are collected before they are written.
    let blockSamples: Int
    /// The file begins with the first sound.
    let isTrimmed: Bool
    let measuresPeaks: Bool
    /// Its samples are read once more for a mix.
    let isMixed: Bool
}
