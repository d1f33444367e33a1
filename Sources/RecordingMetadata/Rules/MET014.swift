package import Evidence

extension Rule {
    /// Partial metadata before a complete document.
    package static var met014: Rule {
        Rule(
            code: "MET014", title: "Partial metadata before a complete document", severity: .warning,
            meaning: "The first document of the recording session is a partial update, which is allowed only after a full snapshot.",
            consequence: "Everything that the update does not mention is unknown: participants, names and labels may be missing.",
            cause: "The capture began after the recording session, or the recording client never sent a snapshot.",
            action: "The update is applied to an empty state and the timeline is marked incomplete.",
            remedy: "Start the capture earlier. The recording server can request a full snapshot with requestsnapshot.",
            reference: "RFC 7866 section 9.1")
    }
}
