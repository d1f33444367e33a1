package import Evidence
package import RecordingRecords

/// One recording as rendered, ready to be told.
package struct RenderedRecording: Sendable {
    /// Index into the plan's recordings.
    package let index: Int
    /// Nil where writing failed.
    package internal(set) var summary: RecordingSummary?
    package internal(set) var findings = FindingLog()
    package internal(set) var fault: OutputFault?
    /// What is heard where rests on weak evidence.
    package internal(set) var isDoubtful = false
}
