package import Evidence

extension Rule {
    package static var rtp007: Rule {
        Rule(
            code: "RTP007", title: "No RTCP seen", severity: .warning,
            meaning: "A media stream ran for longer than 30 seconds and no RTCP came with it.",
            consequence:
                "Without sender reports two streams can only be aligned by arrival time, without CNAME a changed source can only be guessed, and without "
                + "receiver reports loss cannot be attributed.",
            cause: "RTCP switched off, blocked by a firewall, sent to a port that was not captured, or disabled by a bandwidth of zero.",
            action: "Streams are aligned by capture time and the sidecar says so.",
            remedy: "Enable RTCP at the session recording client; RFC 7866 requires it. Capture the odd port next to the media port.",
            reference: "RFC 7866 section 8.1.1, RFC 3550 section 6")
    }
}
