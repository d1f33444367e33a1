package import Evidence

extension Rule {
    package static var rtp007: Rule {
        Rule(
            code: "RTP007", title: "No RTCP", severity: .warning,
            meaning: "A media stream ran for more than 30 seconds without RTCP.",
            consequence:
                "Without sender reports, two streams can only be aligned by arrival time. Without CNAME, a changed source can only be guessed. Without "
                + "receiver reports, loss cannot be attributed.",
            cause: "RTCP is turned off, blocked by a firewall, sent to a port that was not captured, or disabled by a bandwidth of zero.",
            action: "Streams are aligned by capture time and the sidecar says so.",
            remedy: "Enable RTCP at the session recording client; RFC 7866 requires it. Capture the odd port next to the media port.",
            reference: "RFC 7866 section 8.1.1, RFC 3550 section 6")
    }
}
