package import Evidence

extension Rule {
    /// The same media twice: to two recorders, or by a sender that says so.
    package static var mat012: Rule {
        Rule(
            code: "MAT012", title: "The same media twice", severity: .info,
            meaning: """
                Two flows deliver the same packets: to two recorders of one communication session, or as the duplicates that a session description announces \
                (DUP). Numbering and octets are the same.
                """,
            consequence: "There is one audio file. A packet that is missing on one way is taken from the other.",
            cause: "The recording client sends to two recording servers for safety, or its media twice.",
            action: "Each packet is used once, the first copy of it; the sidecar lists the other flow as a twin.",
            remedy: "Nothing is wrong. Losses of one way alone show in a run over that way alone.",
            reference: "RFC 7245 section 3.1; RFC 7866 section 8.2.1; RFC 7104; RFC 7198")
    }
}
