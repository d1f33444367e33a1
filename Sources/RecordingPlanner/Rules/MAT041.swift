package import Evidence

extension Rule {
    /// A hop has other sound for a part of the time.
    package static var mat041: Rule {
        Rule(
            code: "MAT041", title: "Hop with other sound for a part of the time", severity: .info,
            meaning:
                "Two flows of a call have packets in common, and one of them also has packets that the other lacks and did not lose: for a part of the time "
                + "other sound was sent on this path.",
            consequence: "Both flows are heard. Where they have the same sound, it is in the recording twice.",
            cause: "The element between the hops played music or an announcement, or connected another party, on one side only.",
            action: "Payloads and numbers kept of both flows were compared; a flow is left out as a copy only where all of them agree.",
            remedy: "Listen to both files; use --by dialog to render each hop by itself.",
            reference: "RFC 7092")
    }
}
