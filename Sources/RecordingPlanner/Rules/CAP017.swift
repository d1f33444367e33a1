package import Evidence

extension Rule {
    package static var cap017: Rule {
        Rule(
            code: "CAP017", title: "Packets lost by the capture, not by the network", severity: .warning,
            meaning:
                "Sequence numbers are missing in the capture, but the receiver's reports (RTCP) count fewer lost packets: the capture lost them, not the "
                + "network.",
            consequence: "The gaps are in this reconstruction only; the call, and the recorder's own file, were complete there.",
            cause: "An overloaded mirror port or capture buffer, sampling, or a second path that was not captured.",
            action: "A gap between two reports gets the cause capture-drop if the later report counts no further loss; the reports are given as the reason.",
            remedy: "Use a larger capture buffer, or a tap instead of a mirror port. For the spans listed, use the recorder's own file.",
            reference: "RFC 7866 section 8.1.1, RFC 3550 section 6.4.1")
    }
}
