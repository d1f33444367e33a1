import Evidence
import RTPSyntax

/// Named events beside the sound, and keys in it.
extension PlayoutCore {
    /// Seconds that stay silent before and after a key when keys are to be masked.
    private static let guardTime = 0.06

    /// Seconds by which an event's timestamp may be off the clock of the sound and still be of it.
    private static let tolerance = 0.5
    /// Events of one packet.
    private static let mostEvents = 16

    /// Takes the events of a packet: one, or several that follow each other (RFC 4733 section 2.5.1.5).
    mutating func addTone(_ entry: PlayoutEntry, payload: RawSpan, clock: Int, source: PlayoutTone.Source = .telephoneEvent) {
        guard let first = TelephoneEvent(parsing: payload) else {
            note(.undecodable, entry.origin)
            return
        }
        var start = beginning(entry, first, clock: clock)
        var timestamp = entry.timestamp
        for offset in stride(from: 0, to: payload.byteCount, by: TelephoneEvent.length).prefix(Self.mostEvents) {
            guard let told = TelephoneEvent(parsing: payload, at: offset) else { break }
            tones.add(
                event: told.event, duration: told.duration, isEnd: told.isEnd, timestamp: timestamp, clock: clock, start: start, source: source,
                origin: entry.origin)
            start = start.advanced(bySeconds: Double(told.duration) / Double(max(1, clock)))
            timestamp = RTPTimestamp(timestamp.value &+ UInt32(told.duration))
        }
    }

    /// When an event began: by its timestamp where that is of the clock of the sound, whatever clock its description names; else by its arrival.
    private func beginning(_ entry: PlayoutEntry, _ told: TelephoneEvent, clock: Int) -> CaptureTime {
        let units = line.units(entry.timestamp)
        let isOfSound = clock == line.clock || abs(line.lag(entry.arrival, units) - lastLag) < Self.tolerance * 1e9
        if counted == nil, isOfSound { return moment(line.position(units)) }
        return entry.arrival.advanced(bySeconds: -Double(told.duration) / Double(max(1, clock)))
    }

    /// Whether a payload of a type that nothing describes is a named event: four octets, a key or a flash, the reserved bit clear, a duration.
    func looksLikeEvent(_ payload: RawSpan) -> Bool {
        guard payload.byteCount == 4, let told = TelephoneEvent(parsing: payload) else { return false }
        return told.event <= 16 && payload.u8(1) & 0x40 == 0 && told.duration > 0
    }

    /// Looks for keys in the frames of `scratch` that are about to be placed, and silences them when they are to be masked.
    mutating func treatTones(channels: Int, at position: Int64, _ origin: Origin) {
        if configuration.findsTones {
            let found = detector.scan(scratch, from: 0, channels: channels, at: position, rate: line.rate)
            for key in found.ended { addKey(key, origin) }
            if found.hasTone, configuration.masksTones { silence(0..<scratch.count) }
        }
        guard configuration.masksTones else { return }
        for tone in tones.tones.suffix(8) where tone.event < 16 {
            let margin = tone.isEnded ? Self.guardTime : 3 * Self.guardTime
            let from = frame(tone.start.advanced(bySeconds: -Self.guardTime))
            let until = frame(tone.start.advanced(bySeconds: tone.duration + margin))
            let first = Int(clamping: max(0, from - position))
            let last = Int(clamping: min(Int64(scratch.count / channels), until - position))
            if first < last { silence(first * channels..<last * channels) }
        }
    }

    mutating func finishTones() {
        guard configuration.findsTones, let key = detector.finish() else { return }
        addKey(key, lastOrigin)
    }

    private mutating func addKey(_ key: ToneDetector.Key, _ origin: Origin) {
        let duration = Double(key.end - key.start) / Double(line.rate)
        tones.addInband(
            PlayoutTone(event: key.event, start: moment(key.start), duration: duration, isEnded: true, source: .inband, first: origin, last: origin))
    }

    private mutating func silence(_ range: Range<Int>) {
        for index in range { scratch[index] = 0 }
    }

    private func moment(_ position: Int64) -> CaptureTime {
        CaptureTime(nanoseconds: configuration.timelineStart.nanoseconds &+ TimestampLine.scale(position, 1_000_000_000, Int64(line.rate)))
    }

    private func frame(_ time: CaptureTime) -> Int64 {
        TimestampLine.scale(time.nanoseconds &- configuration.timelineStart.nanoseconds, Int64(line.rate), 1_000_000_000)
    }
}
