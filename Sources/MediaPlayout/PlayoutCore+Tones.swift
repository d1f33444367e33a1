import Evidence
import RTPSyntax

/// Named events beside the sound, and keys in it.
extension PlayoutCore {
    /// Seconds that stay silent before and after a key when keys are to be masked.
    private static let guardTime = 0.06

    /// Takes the event of a packet.
    mutating func addTone(_ entry: PlayoutEntry, payload: RawSpan, clock: Int, source: PlayoutTone.Source = .telephoneEvent) {
        guard let told = TelephoneEvent(parsing: payload) else {
            note(.undecodable, entry.origin)
            return
        }
        // Events with a clock of their own count from somewhere else, and timestamps that are no time tell nothing: then arrival places them.
        let start: CaptureTime
        if clock == line.clock, counted == nil {
            start = moment(line.position(line.units(entry.timestamp)))
        } else {
            start = entry.arrival.advanced(bySeconds: -Double(told.duration) / Double(max(1, clock)))
        }
        tones.add(
            event: told.event, duration: told.duration, isEnd: told.isEnd, timestamp: entry.timestamp, clock: clock, start: start, source: source,
            origin: entry.origin)
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
