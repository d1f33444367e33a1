package import Evidence

extension Rule {
    /// Participant who hears their own stream.
    package static var met044: Rule {
        Rule(
            code: "MET044", title: "Participant sends and receives the same stream", severity: .info,
            meaning: "A participant has the same stream in send and in recv: the stream is a mix.",
            consequence: "Who speaks on it can not be told from the metadata alone.",
            cause: "Recorders of conferences, and clients that deliver one mixed stream.",
            action: "siprecap names the file after all who send to it.",
            remedy: "None where a mix is meant; else list in recv only what the participant hears.",
            reference: "RFC 7865 section 6.8")
    }
}
