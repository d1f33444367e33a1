package import Evidence

extension Rule {
    /// Recording session taken up again.
    package static var rec061: Rule {
        Rule(
            code: "REC061", title: "Recording session taken up again", severity: .info,
            meaning: "A later recording session names a communication session that an earlier one, which has ended or failed, named too.",
            consequence: "What was said between the two is in no recording.",
            cause: "The first recorder failed, refused or was restarted, and the client went on with another one.",
            action: "The parts become one recording, and the time between them is a gap on its timeline.",
            remedy: "Look at why the first session ended: a refusal, a BYE of the recorder or a lost connection.",
            reference: "RFC 6341 use case 10")
    }
}
