/// A file made of the finished sidecar, for other programs; written only when asked for.
package enum RecordingExport: String, Sendable, CaseIterable, Hashable {
    /// `events.rttm`: who is heard when, a line a span (NIST Rich Transcription Time Marked).
    case rttm
    /// `events.TextGrid`: the same as tiers for Praat, with the events as points.
    case textGrid = "textgrid"
}
