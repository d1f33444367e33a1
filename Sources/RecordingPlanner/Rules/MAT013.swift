package import Evidence

extension Rule {
    /// A party of a call is heard on several hops.
    package static var mat013: Rule {
        Rule(
            code: "MAT013", title: "Party heard on several hops of a call", severity: .info,
            meaning:
                "Several dialogs, or paths without signalling, are hops of one call: the same packets, or the same payloads within a second, run on more "
                + "than one of them.",
            consequence: "The voice is in the capture more than once. Each packet is heard once; what only one hop has is heard from that one.",
            cause: "A back-to-back user agent or media relay was captured on both sides.",
            action: "The other hops are listed among the dialogs of the recording, and their flows as twins where packets are equal.",
            remedy: "Use --by dialog to render each hop; comparing them shows what the element between them lost or changed.",
            reference: "RFC 7989; RFC 7092")
    }
}
