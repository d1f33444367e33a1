package import Evidence

extension Rule {
    /// Recording session re-established.
    package static var rec061: Rule {
        Rule(
            code: "REC061", title: "Recording session re-established", severity: .info,
            meaning: "A later recording session names a communication session that an earlier one, which ended or failed, had named too.",
            consequence: "Whatever was said between the two is in no recording.",
            cause: "The first recorder failed, rejected the session or was restarted, and the client continued with another.",
            action: "The parts become one recording, with a gap between them on its timeline.",
            remedy: "Find out why the first session ended: a rejection, a BYE from the recorder or a lost connection.",
            reference: "RFC 6341 use case 10")
    }
}
