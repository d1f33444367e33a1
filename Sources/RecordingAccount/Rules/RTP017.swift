package import Evidence

extension Rule {
    package static var rtp017: Rule {
        Rule(
            code: "RTP017", title: "No keep-alive during long silence", severity: .warning,
            meaning: "An active stream had no packet at all for more than 15 seconds: no media, no comfort noise, no STUN, nothing multiplexed.",
            consequence: "NAT devices and firewalls drop the binding, and what is said next may not arrive; a recorder may consider the session dead.",
            cause: "Silence suppression or mute without keep-alives.",
            action: "The silence is a gap with the cause that packets show, otherwise unknown.",
            remedy: "Send a keep-alive or a comfort noise packet every 15 seconds.",
            reference: "RFC 7866 section 8.1.6, RFC 6263 section 5")
    }
}
