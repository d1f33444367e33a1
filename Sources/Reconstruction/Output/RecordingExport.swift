/// A file made of the finished sidecar, for other programs; written only when asked for.
package enum RecordingExport: String, Sendable, CaseIterable, Hashable {
    /// `events.rttm`: who is heard when, a line a span (NIST Rich Transcription Time Marked).
    case rttm
    /// `events.TextGrid`: the same as tiers for Praat, with the events as points.
    case textGrid = "textgrid"
}

/// How audio is kept.
package enum AudioFormat: String, Sendable, CaseIterable {
    /// PCM 16 bit with a broadcast chunk; RF64 where 4 GiB may not do.
    case wav
    /// The same samples, compressed without loss.
    case flac

    /// Of a path, with the dot.
    package var suffix: String { "." + rawValue }
    /// Media type of a file by its suffix.
    package static func mediaType(path: String) -> String { path.hasSuffix(AudioFormat.flac.suffix) ? "audio/flac" : "audio/wav" }
}
