package import Evidence

extension Rule {
    /// SDP and metadata not in multipart/mixed.
    package static var rec008: Rule {
        Rule(
            code: "REC008", title: "SDP and metadata not in multipart/mixed", severity: .error, concernsContent: false,
            meaning: "A message carries the session description and metadata in a multipart body other than multipart/mixed.",
            consequence: "A recorder may read only one of the parts, as multipart/alternative requires.",
            cause: "The client's message library sets another subtype.",
            action: "Every part is read regardless of the subtype.",
            remedy: "Use Content-Type: multipart/mixed.",
            reference: "RFC 7866 section 9.1")
    }
}
