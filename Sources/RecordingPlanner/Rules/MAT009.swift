package import Evidence

extension Rule {
    /// A communication session is in the capture beside its recording session.
    package static var mat009: Rule {
        Rule(
            code: "MAT009", title: "Communication session is also in the capture", severity: .info,
            meaning: """
                An ordinary SIP call in the capture is the communication session that a recording session in the same capture delivers: they share \
                a session identifier, a Call-ID or a correlation header.
                """,
            consequence: "The same voices are in the capture twice. If the recording session covers the whole call, only it is rendered.",
            cause: "The capture was taken near the recording client or the phones, where both are visible.",
            action: "The call is listed among the dialogs of the recording, with the reasons, and its identities are added to the participants.",
            remedy: "Use --by dialog to render both; comparing them shows what the recording client lost or changed.",
            reference: "RFC 7865 section 6.3.1; RFC 7989")
    }
}
