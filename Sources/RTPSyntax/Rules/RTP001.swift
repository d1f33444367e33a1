package import Evidence

extension Rule {
    package static var rtp001: Rule {
        Rule(
            code: "RTP001", title: "Malformed RTP or RTCP packet", severity: .warning,
            meaning:
                "A datagram on a negotiated media path is neither a well-formed RTP packet nor a well-formed RTCP compound: a header, extension, padding "
                + "or length field exceeds the packet.",
            consequence:
                "Its media cannot be placed in time and is missing from the recording. A few such packets are harmless; many mean that the path carries "
                + "something other than what was negotiated.",
            cause: "A faulty sender, a proprietary keep-alive, a middlebox that rewrote the packet, or a capture that truncated it.",
            action: "The packet is left out and counted; the readable part of a damaged RTCP compound is kept.",
            remedy: "Examine the packet. If the capture was taken with a snap length, raise it; otherwise ask the vendor of the sender.",
            reference: "RFC 3550 sections 5.1 and 6.1, appendix A.1")
    }
}
