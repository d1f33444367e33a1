package import CaptureSurvey
package import Evidence
package import RecordingPlan
package import RecordingRecords

/// A recording whose packets are all rendered: what its folder has yet to tell.
package struct FinishedRecording: Sendable {
    package let planned: PlannedRecording
    /// With the dialogs of this recording alone.
    package let survey: Survey
    /// In the order of streams and their flows.
    package let flows: [FlowResult]
    /// When the sound ends, or what was to bring some.
    package let end: CaptureTime
    package let written: [WrittenTrack]
    package let talk: TalkTimes
    /// The pictures of its files, where they are wanted.
    package let waveforms: [Waveform]
}

/// What is left of a recording when its folder is complete.
package struct ClosedRecording: Sendable {
    package let summary: RecordingSummary
    /// What rendering found.
    package let findings: FindingLog

    package init(summary: RecordingSummary, findings: FindingLog) {
        self.summary = summary
        self.findings = findings
    }
}

/// Completes the folders of rendered recordings with everything that is not sound. Handed in from above: the render knows no reports.
package protocol RecordingClosing: Sendable {
    /// Writes what there is to tell. The writer stays with the render, which lets the recording appear in its place or leaves nothing behind.
    func close(_ finished: consuming FinishedRecording, into writer: any RecordingWriter) throws(OutputFault) -> ClosedRecording
}
