/// A stretch of a track between silences of 50 ms or more.
struct Sound {
    /// Nanoseconds from the origin.
    let start: Int64
    let samples: ArraySlice<Int16>
}

extension Outcome.Track {
    /// Stretches of sound: what is the same wherever a track begins, and however far its parts lie from one another.
    var sounds: [Sound] {
        let silence = sampleRate * channels / 20
        var sounds: [Sound] = []
        var first: Int?
        var last = 0
        func close() {
            guard let first else { return }
            sounds.append(Sound(start: start + Int64(first / channels) * 1_000_000_000 / Int64(sampleRate), samples: samples[first...last]))
        }
        for index in samples.indices where samples[index] != 0 {
            if first != nil, index - last > silence {
                close()
                first = nil
            }
            if first == nil { first = index }
            last = index
        }
        close()
        return sounds
    }

    /// How much later the sound of `other` is, as the first and the last stretch show; nil and the reason if it is not the same sound.
    func delay(of other: Outcome.Track) -> (least: Int64, most: Int64, difference: String?) {
        let (old, new) = (sounds, other.sounds)
        guard old.count == new.count else { return (0, 0, "\(old.count) stretches of sound became \(new.count)") }
        for (before, after) in zip(old, new) where !before.samples.elementsEqual(after.samples) {
            return (0, 0, "other samples from \(Double(before.start) / 1e9) s on, \(before.samples.count) became \(after.samples.count)")
        }
        let delays = zip(old, new).map { $1.start - $0.start }
        return (delays.min() ?? 0, delays.max() ?? 0, nil)
    }
}
