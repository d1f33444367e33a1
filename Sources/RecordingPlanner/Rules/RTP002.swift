package import Evidence

extension Rule {
    package static var rtp002: Rule {
        Rule(
            code: "RTP002", title: "Payload type not negotiated", severity: .warning,
            meaning: "Media arrives with a payload type that neither side's session description lists for this stream.",
            consequence: "The codec is a guess from the static table of RFC 3551, or unknown; a wrong guess sounds like noise.",
            cause:
                "An answer that narrowed the codecs and a sender that did not follow, a re-INVITE that is missing from the capture, or a gateway that "
                + "passes payload types through unmapped.",
            action:
                "The static meaning is used where there is one and marked as such; packets with an unknown dynamic type are not decoded and stay a gap "
                + "with its reason.",
            remedy: "Check that the capture holds the last offer and answer, and that the sender obeys it.",
            reference: "RFC 3264 section 6.1, RFC 3551 section 6")
    }
}
