package import Evidence

extension Rule {
    package static var aud002: Rule {
        Rule(
            code: "AUD002", title: "Payload cannot be decoded", severity: .warning,
            meaning:
                "A packet's payload contradicts the framing of its codec, for example an odd number of bytes of 16-bit samples, or Opus frames that do not fit.",
            consequence:
                "The packet's time is silent in the audio file. Many such packets mean that the payload type is really another codec, or that the "
                + "payload is still encrypted.",
            cause:
                "A payload type that was renegotiated outside the capture, a damaged packet, an encrypted payload sent as plain RTP, or a proprietary "
                + "extension of the codec.",
            action: "Nothing is invented: the span is a gap with cause unknown, and decoding continues with the next packet.",
            remedy: "Compare the payload type with the last offer and answer. If the whole stream fails, specify the codec or supply the keys.",
            reference: "RFC 3551 section 4.5; RFC 6716 section 3.4")
    }
}
