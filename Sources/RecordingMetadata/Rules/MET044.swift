package import Evidence

extension Rule {
    /// Participant who hears their own stream.
    package static var met044: Rule {
        Rule(
            code: "MET044", title: "Participant sends and receives the same stream", severity: .info,
            meaning: "A participant has the same stream in send and in recv, so the stream is a mix.",
            consequence: "The metadata alone does not show who speaks on it.",
            cause: "Recorders of conferences, and clients that deliver one mixed stream.",
            action: "The file is named after everybody who sends to it.",
            remedy: "None needed if a mix is intended; otherwise list in recv only what the participant hears.",
            reference: "RFC 7865 section 6.8")
    }
}
