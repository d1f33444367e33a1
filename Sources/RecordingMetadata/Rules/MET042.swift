package import Evidence

extension Rule {
    /// Malformed snapshot request.
    package static var met042: Rule {
        Rule(
            code: "MET042", title: "Malformed snapshot request", severity: .error, concernsContent: false,
            meaning: "A requestsnapshot is not in the namespace of the RFC, or has several requestreason elements.",
            consequence: "The recording client may ignore the request.",
            cause: "Servers that use the namespace of a draft.",
            action: "It is treated as a request.",
            remedy: "Use urn:ietf:params:xml:ns:recording:1 and at most one requestreason.",
            reference: "RFC 7865 section 7")
    }
}
