package import Evidence

extension Rule {
    package static var rtp001: Rule {
        Rule(
            code: "RTP001", title: "Malformed RTP or RTCP packet", severity: .warning,
            meaning:
                "A datagram on a negotiated media path is neither a well-formed RTP packet nor a well-formed RTCP compound: a header, extension, padding "
                + "or length field claims more than there is.",
            consequence:
                "Its media cannot be placed in time and is missing from the recording. A few such packets are harmless; many mean that the path carries "
                + "something else than was negotiated.",
            cause: "A sender with a defect, a keep-alive of a private form, a middlebox that rewrote the packet, or a capture that cut it short.",
            action: "The packet is left out and counted; what can be read of a damaged RTCP compound is kept.",
            remedy: "Look at the named packet. If the capture was taken with a snap length, raise it; otherwise ask the sender's maker.",
            reference: "RFC 3550 sections 5.1 and 6.1, appendix A.1")
    }
}
