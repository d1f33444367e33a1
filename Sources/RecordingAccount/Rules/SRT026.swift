package import Evidence

extension Rule {
    package static var srt026: Rule {
        Rule(
            code: "SRT026", title: "Media missing around an SRTP rekey", severity: .warning,
            meaning: "Within a few seconds of a session description with a new SRTP key, packets are missing or do not authenticate.",
            consequence: "What was said at that moment is silent in the audio.",
            cause:
                "Sender and receiver that switch keys at different times, packets with a key that is in no session description, or a sender that pauses "
                + "while it negotiates.",
            action:
                "The old key is tried as well as the new one, so packets that overtake or follow the change are decrypted; the rest is a gap with its cause.",
            remedy: "The sender should keep the old key until the answer arrives, and the receiver should accept both for a while.",
            reference: "RFC 4568 section 7.1.4, RFC 3711 section 9.1")
    }
}
