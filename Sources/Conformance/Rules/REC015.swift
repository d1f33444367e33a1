package import Evidence

extension Rule {
    /// Recording indication in the recording session.
    package static var rec015: Rule {
        Rule(
            code: "REC015", title: "Recording indication in the recording session", severity: .info,
            meaning: "A session description of the recording session has a=record or a=recordpref; they belong in the communication session.",
            consequence: "The recorder has no use for it, and the recorded party is not notified.",
            cause: "The client copies attributes of the communication session.",
            action: "The attribute is noted and has no effect.",
            remedy: "Send it to the recorded parties instead.",
            reference: "RFC 7866 section 7.1.2")
    }
}
