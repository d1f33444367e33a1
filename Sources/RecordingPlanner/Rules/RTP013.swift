package import Evidence

extension Rule {
    package static var rtp013: Rule {
        Rule(
            code: "RTP013", title: "Canonical name of a source changed", severity: .warning,
            meaning: "One source (SSRC) was given another canonical name (CNAME) than before.",
            consequence: "What was tied to the old name is not found by the new one; streams of one sender can not be told from those of another.",
            cause:
                "Two senders that happen to use one source number, a relay that writes names of its own from some moment on, or a sender that was restarted.",
            action: "The last name stands; audio stays in the stream where it came.",
            remedy: "Keep the CNAME for the whole session.",
            reference: "RFC 7022 section 4, RFC 3550 section 6.5.1")
    }
}
