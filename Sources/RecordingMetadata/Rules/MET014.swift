package import Evidence

extension Rule {
    /// Partial metadata before any complete one.
    package static var met014: Rule {
        Rule(
            code: "MET014", title: "Partial metadata before any complete one", severity: .warning,
            meaning: "The first document of the recording session is an update, though updates are only allowed after a full snapshot.",
            consequence: "What the update does not mention is unknown: participants, names and labels may be missing.",
            cause: "The capture began after the recording session, or the recording client never sent a snapshot.",
            action: "siprecap applies the update to an empty state and marks the timeline incomplete.",
            remedy: "Start the capture earlier. The recording server can ask for a full snapshot with requestsnapshot.",
            reference: "RFC 7866 section 9.1")
    }
}
