package import Evidence

extension Rule {
    package static var rtp012: Rule {
        Rule(
            code: "RTP012", title: "RTCP without CNAME", severity: .warning,
            meaning: "A source sends RTCP reports but never a source description with a canonical name (CNAME).",
            consequence: "If the source changes its SSRC, or streams must be aligned by the sender's clock, nothing shows that they belong together.",
            cause: "A sender that only sends reports, or a relay that strips source descriptions.",
            action: "Streams are followed by signalling and addresses.",
            remedy: "Send a CNAME in every compound RTCP packet.",
            reference: "RFC 7866 section 8.1.3, RFC 3550 section 6.5.1, RFC 7022")
    }
}
