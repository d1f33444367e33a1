package import Evidence

extension Rule {
    /// A party of a call is heard on several hops.
    package static var mat013: Rule {
        Rule(
            code: "MAT013", title: "Party heard on several hops of a call", severity: .info,
            meaning:
                "Several dialogs are hops of one call, according to a session identifier or a correlation header, and more than one of them has media of "
                + "the same party at the same time.",
            consequence: "The voice is in the capture more than once. Only the hop with the most packets is rendered.",
            cause: "A back-to-back user agent or media relay was captured on both sides.",
            action: "The other hops are listed among the dialogs of the recording.",
            remedy: "Use --by dialog to render each hop; comparing them shows what the element between them lost or changed.",
            reference: "RFC 7989; RFC 7092")
    }
}
