package import Evidence

extension Rule {
    /// A recording of a run that was ended early.
    package static var out003: Rule {
        Rule(
            code: "OUT003", title: "Recording is incomplete because the run was interrupted", severity: .error,
            meaning: "The run was ended before all packets of this recording had been read.",
            consequence: "The end of the conversation is missing, and other recordings may be missing too.",
            cause: "Somebody pressed Ctrl-C, or a job scheduler ended the process at its time limit.",
            action: "Everything read so far is written and marked incomplete; run.json says that the run was interrupted.",
            remedy: "Run the same command again without interrupting it: the recording is then replaced by the complete one.",
            reference: "siprecap output folder")
    }
}
