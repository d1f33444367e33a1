import RecordingRecords

/// Puts coded sound in its place, as `TrackAssembler` does with samples.
protocol NativeTrack: AnyObject {
    /// Takes a payload whose first frame belongs at `position` of the file.
    func place(_ payload: RawSpan, frames: Int, at position: Int64)
    /// Pads to `totalFrames` and closes; nil where nothing was placed.
    func finish(totalFrames: Int64) throws(OutputFault) -> WrittenFile?
}
