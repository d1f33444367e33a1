package import Evidence

extension Rule {
    package static var rtp002: Rule {
        Rule(
            code: "RTP002", title: "Payload type not negotiated", severity: .warning,
            meaning: "Media arrives with a payload type that neither side's session description lists for this stream.",
            consequence: "The codec is guessed from the static table of RFC 3551, or unknown; a wrong guess sounds like noise.",
            cause:
                "An answer that narrowed the codecs and a sender that ignored it, a re-INVITE missing from the capture, or a gateway that does not map "
                + "payload types.",
            action:
                "If the type has a static meaning, it is used and marked as such. Packets with an unknown dynamic type are not decoded and are listed as "
                + "a gap with the reason.",
            remedy: "Check that the capture contains the last offer and answer, and that the sender follows it.",
            reference: "RFC 3264 section 6.1, RFC 3551 section 6")
    }
}
