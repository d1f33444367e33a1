package import Evidence

extension Rule {
    /// Recording server adds a media line.
    package static var rec004: Rule {
        Rule(
            code: "REC004", title: "Recording server adds a media line", severity: .error, concernsContent: false,
            meaning: "A later offer of the recording server has more media lines than were agreed.",
            consequence: "Only the client knows its streams; a line that the server adds carries nothing or is rejected.",
            cause: "A B2BUA between the parties mixes the offers of two sides.",
            action: "The line is read like any other.",
            remedy: "Only the recording client should add media lines.",
            reference: "RFC 7866 section 7.2")
    }
}
