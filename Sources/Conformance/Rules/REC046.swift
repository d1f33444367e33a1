package import Evidence

extension Rule {
    /// No sign of recording in the signalling of a party.
    package static var rec046: Rule {
        Rule(
            code: "REC046", title: "No sign of recording in the signalling of a party", severity: .info, concernsContent: false,
            meaning: """
                A party that does not say record-aware was recorded, and no session description sent to it has a=record. If it was told, then by a \
                tone or an announcement, or before the call.
                """,
            consequence: "Nothing in the signalling shows that this party knew. An examiner may have to look for other proof.",
            cause: "Ordinary: most telephones do not know RFC 7866, and callers are told by an announcement.",
            action: "Noted. siprecap does not listen for tones and makes no judgement of consent.",
            remedy: "Nothing has to be done where an announcement is played; listen to the beginning of the audio.",
            reference: "RFC 7866 section 6.1.2")
    }
}
