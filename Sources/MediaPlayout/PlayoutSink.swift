package import Evidence

/// Takes what a stream's playout yields. Positions never go back within one stream; between them is silence that nobody writes here.
package protocol PlayoutSink: ~Copyable {
    /// Interleaved samples whose first frame belongs at `position`, counted in frames of the track from the start of its timeline.
    ///
    /// `samples` is only borrowed and never empty.
    mutating func place(_ samples: Span<Int16>, channels: Int, at position: Int64)

    /// The same for the sound of the packet at `origin`; what the file did with it, as far as that is known already.
    mutating func place(_ samples: Span<Int16>, channels: Int, at position: Int64, of origin: Origin) -> TrackPlacement

    /// The same with samples that `fill` writes to where they stay, as many as `frames` of `channels` have. False where they can not be made there, and
    /// then nothing was placed.
    mutating func place(frames: Int, channels: Int, at position: Int64, filledBy fill: (inout OutputSpan<Int16>) -> Void) -> Bool

    /// A payload as it came, before `place` of what it decodes to; only where `keepsPayloads` asks for it.
    ///
    /// `position` and `frames` count at the rate of the decoder.
    mutating func keep(_ payload: RawSpan, frames: Int, at position: Int64)

    /// A span without sound.
    mutating func gap(_ gap: PlayoutGap)
}

extension PlayoutSink where Self: ~Copyable {
    package mutating func place(_ samples: Span<Int16>, channels: Int, at position: Int64, of origin: Origin) -> TrackPlacement {
        place(samples, channels: channels, at: position)
        return .kept
    }

    package mutating func place(frames: Int, channels: Int, at position: Int64, filledBy fill: (inout OutputSpan<Int16>) -> Void) -> Bool { false }
    package mutating func keep(_ payload: RawSpan, frames: Int, at position: Int64) {}
}
