package import Evidence

extension Rule {
    /// Snapshot request of another form.
    package static var met042: Rule {
        Rule(
            code: "MET042", title: "Snapshot request of another form", severity: .error, concernsContent: false,
            meaning: "A requestsnapshot is not in the namespace of the RFC, or has several requestreason elements.",
            consequence: "The recording client may ignore the request.",
            cause: "Servers that use the namespace of a draft.",
            action: "siprecap treats it as a request.",
            remedy: "Use urn:ietf:params:xml:ns:recording:1 and one requestreason at most.",
            reference: "RFC 7865 section 7")
    }
}
