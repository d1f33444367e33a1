package import Evidence

extension Rule {
    /// Media of a recording session that no communication session claims.
    package static var mat008: Rule {
        Rule(
            code: "MAT008", title: "Media between communication sessions", severity: .info,
            meaning: """
                A recording session carried several communication sessions one after the other, and media went on while, by the metadata, no \
                communication session was in progress.
                """,
            consequence: "These packets are in none of the recordings made of this recording session.",
            cause: "A persistent recording session (RFC 7245 section 3.1.4) whose recording client keeps sending silence or line noise between calls.",
            action: "Each communication session became a recording of its own, cut at the times when the metadata began and ended it.",
            remedy: "Use --by dialog to get the whole recording session as one recording; check the stop-time and association times that the client sends.",
            reference: "RFC 7245 section 3.1.4; RFC 7865 section 6.3")
    }
}
