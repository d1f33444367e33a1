import Evidence

extension FrameContent {
    /// Reads the A-MSDU subframe at `position` and moves there to the next one; nil at the end.
    ///
    ///     0 destination 6   6 source 6   12 length 2   14 LLC   padding to 4 octets
    @usableFromInline
    package static func nextSubframe(_ bytes: RawSpan, at position: inout Int, nesting: Nesting = Nesting()) -> FrameContent? {
        let start = position
        guard start >= 0, bytes.byteCount - start >= 14 else { return nil }
        let length = Int(bytes.be16(start + 12))
        guard length >= SNAP.length else { return nil }
        let end = min(bytes.byteCount, start + 14 + length)
        position = start + (14 + length + 3) & ~3
        return decodeInner(bytes.extracting(0..<end), SNAP.step(bytes, start: start + 14), nesting)
    }
}
