package import Evidence

extension Rule {
    package static var rtp012: Rule {
        Rule(
            code: "RTP012", title: "Source without canonical name", severity: .warning,
            meaning: "A source sends RTCP reports and never a source description with a canonical name (CNAME).",
            consequence: "Should the source change its number, or streams have to be aligned by the sender's clock, nothing says that they belong together.",
            cause: "A sender that writes reports alone, or a relay that strips source descriptions.",
            action: "Streams are followed by signalling and by their addresses.",
            remedy: "Send a CNAME in every compound RTCP packet.",
            reference: "RFC 7866 section 8.1.3, RFC 3550 section 6.5.1, RFC 7022")
    }
}
