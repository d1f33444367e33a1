import Evidence
import MediaPlayout
package import RecordingPlan
import RecordingRecords

/// Writes `audio/mix.wav`: all tracks of a recording in one file, on the common timeline, at the highest rate among them.
///
/// Free of clipping by one constant factor for the whole file, on all channels: where samples are added up, the first of two passes finds the
/// largest sum, and only if that does not fit, everything is turned down until it does. So levels keep their proportions, nothing is pumped, and
/// a mix whose sums fit is their plain sum. Memory is a block of each track, whatever the length.
struct RecordingMixer {
    /// Frames at a time.
    private static let blockFrames = 1 << 14

    private let voices: [MixVoice]
    private let layout: MixLayout
    private let planned: PlannedRecording
    private let rate: Int
    private let frames: Int64
    private let format: AudioFormat

    /// Nil where there is nothing to mix.
    init?(planned: PlannedRecording, options: ReconstructionOptions, voices: [MixVoice], seconds: Double) {
        guard options.mix != .none, !voices.isEmpty else { return nil }
        self.voices = voices
        self.planned = planned
        layout = MixLayout(options.mix, tracks: voices.map(\.track), wanted: options.mixChannels, in: planned)
        rate = voices.map(\.track.sampleRate).max() ?? 8000
        frames = Int64((seconds * Double(rate)).rounded(.up))
        format = Self.format(of: layout, options)
    }

    /// What a mix is written as: WAV where the format asked for has fewer channels.
    fileprivate static func format(of layout: MixLayout, _ options: ReconstructionOptions) -> AudioFormat {
        layout.channels.count <= options.format.mostChannels ? options.format : .wav
    }

    fileprivate static func path(of planned: PlannedRecording, _ format: AudioFormat) -> String {
        FileName.unique("audio/", "mix", format.suffix, taken: planned.tracks.map(\.path))
    }

    func write(to output: any RecordingWriter) throws(OutputFault) -> WrittenTrack {
        let track = PlannedTrack(
            path: Self.path(of: planned, format), isMix: true, participants: Self.distinct(voices.flatMap(\.track.participants)),
            streams: Self.distinct(voices.flatMap(\.track.streams)), sampleRate: rate,
            channels: layout.channels.count)
        var description = AudioDescription(
            description: "Mix: " + track.participants.map { planned.name(of: $0) }.joined(separator: ", "), originator: "siprecap",
            originatorReference: planned.id, start: planned.start)
        description.expectedSeconds = Double(frames) / Double(rate)
        description.channelNames = layout.channels.map { $0.map { Self.name(voices[$0.voice].track, in: planned) }.joined(separator: ", ") }
        let peak = try peak()
        let writer = try output.openAudio(path: track.path, sampleRate: rate, channels: track.channels, description: description)
        try eachBlock { sums throws(OutputFault) in
            try writer.append(peak > Int64(Int16.max) ? sums.map { Self.scaled($0, peak) } : sums.map { Int16(clamping: $0) }, count: sums.count)
        }
        let channels = layout.channels.map { sources in
            MixNote.Channel(
                participants: Self.distinct(sources.flatMap { voices[$0.voice].track.participants }),
                streams: Self.distinct(sources.flatMap { voices[$0.voice].track.streams }))
        }
        let gain = peak > Int64(Int16.max) ? Double(Int16.max) / Double(peak) : 1
        return WrittenTrack(track: track, file: try writer.finish(), mix: MixNote(channels: channels, gain: gain, unheard: layout.unheard))
    }

    /// The largest sum there is; that of single samples needs no look.
    private func peak() throws(OutputFault) -> Int64 {
        var peak: Int64 = 0
        guard layout.channels.contains(where: { $0.count > 1 }) else { return peak }
        try eachBlock { sums throws(OutputFault) in
            for sum in sums { peak = max(peak, Int64(sum.magnitude)) }
        }
        return peak
    }

    /// Rounded to the nearest, halves away from zero.
    private static func scaled(_ sum: Int32, _ peak: Int64) -> Int16 {
        let product = Int64(sum) * Int64(Int16.max)
        return Int16(clamping: (product + (sum < 0 ? -peak : peak) / 2) / peak)
    }

    /// Interleaved sums, a block at a time.
    private func eachBlock(_ body: ([Int32]) throws(OutputFault) -> Void) throws(OutputFault) {
        var feeds = voices.map { MixFeed($0, rate: rate) }
        var done: Int64 = 0
        let width = layout.channels.count
        while done < frames {
            let count = Int(min(Int64(Self.blockFrames), frames - done))
            var sums = [Int32](repeating: 0, count: count * width)
            for index in feeds.indices { try feeds[index].load(count) }
            for (channel, sources) in layout.channels.enumerated() {
                for source in sources { feeds[source.voice].add(side: source.side, count, to: &sums, channel, of: width) }
            }
            try body(sums)
            done += Int64(count)
        }
    }

    private static func name(_ track: PlannedTrack, in planned: PlannedRecording) -> String {
        track.participants.isEmpty ? track.streams.joined(separator: ", ") : track.participants.map { planned.name(of: $0) }.joined(separator: ", ")
    }

    private static func distinct(_ ids: [String]) -> [String] { ids.reduce(into: []) { if !$0.contains($1) { $0.append($1) } } }
}

extension PlannedRecording {
    /// Where the mix of all tracks would go; nil where none is asked for, or there is nothing to mix.
    package func mixPath(_ options: ReconstructionOptions) -> String? {
        guard options.mix != .none, !tracks.isEmpty else { return nil }
        let layout = MixLayout(options.mix, tracks: tracks, wanted: options.mixChannels, in: self)
        return RecordingMixer.path(of: self, RecordingMixer.format(of: layout, options))
    }
}
