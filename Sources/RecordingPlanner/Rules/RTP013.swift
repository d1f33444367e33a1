package import Evidence

extension Rule {
    package static var rtp013: Rule {
        Rule(
            code: "RTP013", title: "CNAME of a source changed", severity: .warning,
            meaning: "The canonical name (CNAME) of a source (SSRC) changed.",
            consequence: "Anything related to the old name is not found by the new one; streams of one sender cannot be told from those of another.",
            cause: "Two senders that happen to use one SSRC, a relay that starts to write its own names, or a sender that was restarted.",
            action: "The last name is used; the audio stays in its stream.",
            remedy: "Keep the CNAME for the whole session.",
            reference: "RFC 7022 section 4, RFC 3550 section 6.5.1")
    }
}
