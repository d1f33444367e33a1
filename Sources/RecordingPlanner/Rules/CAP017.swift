package import Evidence

extension Rule {
    package static var cap017: Rule {
        Rule(
            code: "CAP017", title: "Packets that only the capture lacks", severity: .warning,
            meaning:
                "Sequence numbers are missing in the capture while the receiver's reports (RTCP) say that it lost fewer packets than that: the "
                + "capture lost them, not the network.",
            consequence: "The gaps are in this reconstruction only; the call, and what the recorder wrote, were whole there.",
            cause: "A mirror port or a capture buffer that overflowed, sampling, or a second path that was not captured.",
            action: "Gaps between two reports of which the later one counts no further loss get the cause capture-drop, with that as the reason.",
            remedy: "Use a larger capture buffer or a tap instead of a mirror port. Take the recorder's own file for the spans told here.",
            reference: "RFC 7866 section 8.1.1, RFC 3550 section 6.4.1")
    }
}
