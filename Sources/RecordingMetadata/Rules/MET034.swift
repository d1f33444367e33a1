package import Evidence

extension Rule {
    /// Stream of several sessions.
    package static var met034: Rule {
        Rule(
            code: "MET034", title: "Stream belongs to several sessions", severity: .error, concernsContent: false,
            meaning: "The same stream identifier appears with different sessions; a stream belongs to one communication session.",
            consequence: "Participants of unrelated sessions may be mixed up.",
            cause: "Recording clients that reuse stream identifiers from call to call.",
            action: "The stream is assigned to the session named last.",
            remedy: "Generate a new stream_id for each session.",
            reference: "RFC 7865 section 6.3.2")
    }
}
