package import Evidence

extension Rule {
    /// Session description and metadata not in multipart/mixed.
    package static var rec008: Rule {
        Rule(
            code: "REC008", title: "Session description and metadata not in multipart/mixed", severity: .error, concernsContent: false,
            meaning: "A message has session description and metadata in a multipart body of another kind than multipart/mixed.",
            consequence: "A recorder may read only one of the parts: with multipart/alternative it is told to.",
            cause: "The client's message library sets another subtype.",
            action: "Every part is read whatever the subtype.",
            remedy: "Use Content-Type: multipart/mixed.",
            reference: "RFC 7866 section 9.1")
    }
}
