package import Evidence

extension Rule {
    /// Recording client drops +sip.src.
    package static var rec002: Rule {
        Rule(
            code: "REC002", title: "Recording client drops +sip.src", severity: .error, concernsContent: false,
            meaning: "A later request of the recording client has a Contact without the feature tag +sip.src that its first request had.",
            consequence: "An intermediary that routes by the tag may treat the request as part of an ordinary call.",
            cause: "The client builds re-INVITEs and UPDATEs with other code than the first INVITE.",
            action: "Nothing depends on it; the dialog remains a recording session.",
            remedy: "Add +sip.src to every Contact of the recording session.",
            reference: "RFC 7866 section 6.1.1")
    }
}
