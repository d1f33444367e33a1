package import Evidence

extension Rule {
    package static var rtp017: Rule {
        Rule(
            code: "RTP017", title: "No keep-alive in a long silence", severity: .warning,
            meaning: "An active stream had no packet at all for more than 15 seconds: no media, no comfort noise, no STUN, nothing multiplexed.",
            consequence:
                "Translators of addresses and firewalls forget the way, and what is said next may not arrive; a recorder may take the session for dead.",
            cause: "Silence suppression, or a mute, without keep-alives.",
            action: "The silence is a gap with the cause that packets show, else unknown.",
            remedy: "Send a keep-alive every 15 seconds, or a packet of comfort noise.",
            reference: "RFC 7866 section 8.1.6, RFC 6263 section 5")
    }
}
