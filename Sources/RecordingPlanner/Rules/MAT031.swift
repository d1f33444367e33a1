package import Evidence

extension Rule {
    /// The canonical name of a source is that of another participant.
    package static var mat031: Rule {
        Rule(
            code: "MAT031", title: "Canonical name contradicts label", severity: .warning,
            meaning:
                "The canonical name of a source, in a=ssrc of the session description or in RTCP, is the address or name of one participant, and the label "
                + "and the metadata give its stream to another one.",
            consequence: "Two statements in the capture disagree about who is heard. The file may have the wrong name.",
            cause: "A recording client that confuses its two sides, or metadata with swapped labels or send elements.",
            action:
                "The names in the metadata are kept. The binding of the stream has the confidence low, lists the other participant as an alternative and says "
                + "what contradicts it.",
            remedy: "Listen to both files, and compare labels, canonical names and metadata at the recording client.",
            reference: "RFC 3550 section 6.5.1; RFC 5576 section 6.1; RFC 7865 section 6.7")
    }
}
