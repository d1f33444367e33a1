import Evidence
import MediaCodecs

/// Sound that the decoder makes up for lost packets, where that was asked for.
extension PlayoutCore {
    /// Seconds of one gap that are made up at most; after that decoders have faded out anyway.
    private static let longest = 0.12

    /// Fills what is lost from `start` on, a gap that began at `beginning`, and returns the frame up to which it did. Only sound goes on: after
    /// silence, and under a decoder without concealment, silence stays.
    mutating func conceal(
        from start: Int64, until end: Int64, since beginning: Int64? = nil, _ origin: Origin, into sink: inout some PlayoutSink & ~Copyable
    ) -> Int64 {
        guard configuration.conceals, start == writtenEnd, let decoder else { return start }
        let limit = min(end, (beginning ?? start) + Int64(Self.longest * Double(line.rate)))
        guard limit > start else { return start }
        scratch.removeAll(keepingCapacity: true)
        let frames = decoder.conceal(frames: Int(limit - start), into: &scratch)
        guard frames > 0 else { return start }
        statistics.concealedFrames += frames
        note(.concealed, origin)
        place(frames, channels: decoder.channels, at: start, origin, into: &sink)
        return start + Int64(frames)
    }
}
