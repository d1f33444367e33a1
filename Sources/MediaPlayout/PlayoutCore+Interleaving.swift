import Evidence
import MediaCodecs

/// Streams whose packets have to be taken apart before anything else: interleaved frames, and frames with checksums of their own.
extension PlayoutCore {
    /// Once a stream is taken apart, all of its packets go this way, so that they are numbered alike.
    mutating func pushInterleaved(_ entry: PlayoutEntry, payload: RawSpan, into sink: inout some PlayoutSink & ~Copyable) {
        let isSeparate = codecs.isSeparate(entry.payloadType)
        var parts: SeparatedFrames?
        var clock = line.clock
        if isSeparate, case .audio(let decoder, let described) = codecs.treatment(of: entry.payloadType) {
            clock = described
            if entry.unavailable == nil { parts = decoder.separate(payload) }
            if parts?.payloads.isEmpty == true { parts = nil }
            if entry.unavailable == nil, parts == nil { note(.undecodable, entry.origin) }
        }
        guard
            var sorter = deinterleaver.take()
                ?? parts.map({
                    Deinterleaver(startingAt: SequenceNumber(entry.sequence.value &- UInt16($0.index)), clock: clock, patience: configuration.reorderSeconds)
                })
        else { return pushSingle(entry, payload: payload, into: &sink) }
        switch sorter.add(entry, parts, other: isSeparate ? nil : payload.array) {
        case .taken: break
        case .duplicate: account(.copy, .repeated, entry)
        case .late:
            note(.late, entry.origin)
            account(.late, .tooLate, entry)
        }
        let ready = sorter.take(now: entry.arrival)
        deinterleaver = sorter
        for part in ready { pushPart(part, into: &sink) }
    }

    private mutating func pushPart(_ part: Deinterleaver.Part, into sink: inout some PlayoutSink & ~Copyable) {
        let payload = part.payload
        unsafe pushSingle(part.entry, payload: payload.span.bytes, into: &sink)
    }

    /// Plays what waited long enough for the rest of its group.
    mutating func expireGroups(now: CaptureTime, atEnd: Bool = false, into sink: inout some PlayoutSink & ~Copyable) {
        guard var sorter = deinterleaver.take() else { return }
        let ready = sorter.take(now: now, atEnd: atEnd)
        deinterleaver = sorter
        for part in ready { pushPart(part, into: &sink) }
    }
}
