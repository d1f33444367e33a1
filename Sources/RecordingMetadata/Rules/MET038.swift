package import Evidence

extension Rule {
    /// Session identifier of another form.
    package static var met038: Rule {
        Rule(
            code: "MET038", title: "sipSessionID in the wrong format", severity: .warning,
            meaning: "A sipSessionID does not consist of 32 lower-case hexadecimal digits, with or without the remote half.",
            consequence: "The recording session cannot be related to the communication session by RFC 7989.",
            cause: "Call-IDs or internal numbers used in its place.",
            action: "The text is compared unchanged with Session-ID and Call-ID.",
            remedy: "Send the value of Session-ID.",
            reference: "RFC 7865 section 6.3.1; RFC 7989 section 5")
    }
}
