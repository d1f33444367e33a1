import Evidence
import MediaCodecs

/// Packets whose end was not captured.
extension PlayoutCore {
    /// Plays what is there of a payload whose turn it is; the rest of its time is a gap.
    mutating func playBeginning(
        _ entry: PlayoutEntry, payload: RawSpan, at position: Int64, lagBefore: Double, into sink: inout some PlayoutSink & ~Copyable
    ) {
        scratch.removeAll(keepingCapacity: true)
        let part = decoder?.decode(beginning: payload, absent: Int(entry.absent), into: &scratch) ?? PartialSound(frames: 0, whole: 0)
        if part.whole > 0 { typicalFrames = Int64(part.whole) }
        defer { lastOrigin = entry.origin }
        guard part.frames > 0 else {
            statistics.unavailable += 1
            account(.notDecodable, .snapLength, entry)
            if let gap = openGap, gap.cause == entry.absence, pendingMissing == 0 {
                extend(gap, to: position, entry)
            } else {
                settle(upTo: position, entry, payload: RawSpan(), lagBefore: lagBefore, into: &sink)
                open(entry.absence, at: position, entry)
            }
            return
        }
        if position != accountedEnd || openGap != nil || pendingMissing > 0 {
            settle(upTo: position, entry, payload: RawSpan(), lagBefore: lagBefore, into: &sink)
        }
        statistics.played &+= 1
        statistics.decodedFrames &+= part.frames
        account(.heard, .decoder, entry)
        withdraw(place(part.frames, channels: decoder?.channels ?? 1, at: position, entry.origin, into: &sink), entry)
        guard part.frames < part.whole else { return }
        openGap = OpenGap(
            cause: entry.absence, start: max(position + Int64(part.frames), accountedEnd), lastPosition: position, packets: 0, first: entry.origin,
            last: entry.origin)
    }
}
