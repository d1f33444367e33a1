package import Evidence

extension Rule {
    /// Media of a recording session that no communication session claims.
    package static var mat008: Rule {
        Rule(
            code: "MAT008", title: "Media between communication sessions", severity: .info,
            meaning:
                "A recording session carried several communication sessions in sequence, and media continued while, according to the metadata, none was "
                + "in progress.",
            consequence: "These packets are in none of the recordings made from this recording session.",
            cause: "A persistent recording session (RFC 7245 section 3.1.4) whose recording client keeps sending silence or line noise between calls.",
            action: "Each communication session became a separate recording, cut at the start and end times in the metadata.",
            remedy: "Use --by dialog to get the whole recording session as one recording; check the stop-time and association times that the client sends.",
            reference: "RFC 7245 section 3.1.4; RFC 7865 section 6.3")
    }
}
