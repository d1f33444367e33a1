/// What the run keeps of a finished recording; everything else stands in its folder.
package struct RecordingSummary: Sendable {
    /// For `run.json`.
    package var entry: RunRecord.Recording
    /// Names of participants, as people read them.
    package let people: [String]
    /// Audio files, relative to the recording's folder.
    package let audio: [String]
    /// Seconds of all gaps of all streams.
    package let gaps: Double
    /// What it is, in a sentence.
    package let sentence: String
    /// How many findings of each severity.
    package let findings: [String: Int]
    /// Frames of flows that are divided among recordings.
    package var dividedFrames = 0
    /// The sidecar as it was written; nil where nobody asked for it, as thousands take room.
    package var record: RecordingRecord?

    package init(entry: RunRecord.Recording, people: [String], audio: [String], gaps: Double, sentence: String, findings: [String: Int]) {
        self.entry = entry
        self.people = people
        self.audio = audio
        self.gaps = gaps
        self.sentence = sentence
        self.findings = findings
    }
}
