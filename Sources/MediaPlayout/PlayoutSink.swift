/// Takes what a stream's playout yields. Positions never go back within one stream; between them is silence that nobody writes here.
package protocol PlayoutSink {
    /// Interleaved samples whose first frame belongs at `position`, counted in frames of the track from the start of its timeline.
    ///
    /// `samples` is only borrowed and never empty.
    mutating func place(_ samples: Span<Int16>, channels: Int, at position: Int64)

    /// A span without sound.
    mutating func gap(_ gap: PlayoutGap)
}
