package import Evidence

extension Rule {
    /// No recording indication in the signalling.
    package static var rec046: Rule {
        Rule(
            code: "REC046", title: "No recording indication in the signalling", severity: .info, concernsContent: false,
            meaning:
                "A party without record-aware support was recorded, and no session description sent to it has a=record. If it was notified, then by a "
                + "tone or an announcement, or before the call.",
            consequence: "Nothing in the signalling shows that this party knew. An examiner may need other evidence.",
            cause: "This is common: most telephones do not support RFC 7866, and callers are notified by an announcement.",
            action: "Noted. siprecap does not listen for tones and does not judge consent.",
            remedy: "None needed if an announcement is played; listen to the beginning of the audio.",
            reference: "RFC 7866 section 6.1.2")
    }
}
