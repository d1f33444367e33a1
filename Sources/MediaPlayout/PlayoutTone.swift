package import Evidence

/// A key or another named event that a stream carried, put together from its packets.
package struct PlayoutTone: Sendable, Equatable {
    /// How it was told.
    package enum Source: String, Sendable {
        /// Packets of RFC 4733.
        case telephoneEvent = "telephone-event"
        /// Packets that look like those, of a type that nothing describes.
        case inferredEvent = "telephone-event-inferred"
        /// Two tones in the sound itself.
        case inband
    }

    /// RFC 4733 section 7; 0 to 15 are keys.
    package let event: UInt8
    /// On the capture's clock, as the stream's anchor maps the event's timestamp.
    package internal(set) var start: CaptureTime
    /// Seconds, as far as packets tell.
    package internal(set) var duration: Double
    /// False where no packet with the end of the event was seen: it may have lasted longer.
    package internal(set) var isEnded: Bool
    package let source: Source
    package let first: Origin
    package internal(set) var last: Origin
}

/// Puts named events together from packets in the order of their numbers: updates, retransmitted ends and long events in segments are one event.
struct ToneAssembler {
    /// Events kept for a stream; after that they are only counted.
    private static let limit = 10_000
    /// Finished events that a late retransmission of an end can still belong to.
    private static let lookBack = 8

    private struct Key { var timestamp: RTPTimestamp, next: RTPTimestamp, units: Int64 }

    /// Keys found in the sound.
    private(set) var inband: [PlayoutTone] = []
    /// Events told by packets.
    private(set) var tones: [PlayoutTone] = []
    /// Parallel to `tones`: timestamp of the latest segment, the timestamp at which a further segment would begin, units of all segments.
    private var keys: [Key] = []
    private(set) var refused = 0

    mutating func addInband(_ tone: PlayoutTone) {
        if inband.count < Self.limit { inband.append(tone) } else { refused += 1 }
    }

    /// A duration has 16 bits; what lasts longer goes on as a segment from where the last one ended, or had to end (RFC 4733 section 2.5.1.3).
    private func isNextSegment(_ timestamp: RTPTimestamp, of key: Key) -> Bool {
        guard key.next != key.timestamp else { return false }
        return abs(timestamp.distance(from: key.next)) <= 1 || timestamp.distance(from: key.timestamp) == 0xFFFF
    }

    /// `start`: when the packet's timestamp was. True when this began a new event.
    @discardableResult
    mutating func add(
        event: UInt8, duration: UInt16, isEnd: Bool, timestamp: RTPTimestamp, clock: Int, start: CaptureTime, source: PlayoutTone.Source = .telephoneEvent,
        origin: Origin
    ) -> Bool {
        for index in tones.indices.suffix(Self.lookBack).reversed() where tones[index].event == event {
            var key = keys[index]
            if timestamp == key.timestamp {
                let before = Int64(key.next.distance(from: key.timestamp))
                key.units += max(0, Int64(duration) - before)
                if Int64(duration) > before { key.next = RTPTimestamp(timestamp.value &+ UInt32(duration)) }
            } else if !tones[index].isEnded, isNextSegment(timestamp, of: key) {
                // The last update of the segment before may be lost: then it lasted until this one began.
                key.units += Int64(max(0, timestamp.distance(from: key.next))) + Int64(duration)
                key.timestamp = timestamp
                key.next = RTPTimestamp(timestamp.value &+ UInt32(duration))
            } else {
                continue
            }
            keys[index] = key
            tones[index].duration = Double(key.units) / Double(max(1, clock))
            tones[index].isEnded = tones[index].isEnded || isEnd
            tones[index].last = origin
            return false
        }
        guard tones.count < Self.limit else {
            refused += 1
            return false
        }
        tones.append(
            PlayoutTone(
                event: event, start: start, duration: Double(duration) / Double(max(1, clock)), isEnded: isEnd, source: source, first: origin,
                last: origin))
        keys.append(Key(timestamp: timestamp, next: RTPTimestamp(timestamp.value &+ UInt32(duration)), units: Int64(duration)))
        return true
    }
}
