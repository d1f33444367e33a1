package import Evidence

extension Rule {
    /// Recording client drops +sip.src later.
    package static var rec002: Rule {
        Rule(
            code: "REC002", title: "Recording client drops +sip.src later", severity: .error, concernsContent: false,
            meaning: "A later request of the recording client has a Contact without the feature tag +sip.src that its first one had.",
            consequence: "An intermediary that routes by the tag may treat the request as one of an ordinary call.",
            cause: "The client builds re-INVITEs and UPDATEs by other code than the first INVITE.",
            action: "Nothing depends on it; the dialog stays a recording session.",
            remedy: "Add +sip.src to every Contact of the recording session.",
            reference: "RFC 7866 section 6.1.1")
    }
}
