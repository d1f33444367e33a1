package import Evidence

extension Rule {
    package static var srt026: Rule {
        Rule(
            code: "SRT026", title: "Media missing around a change of key", severity: .warning,
            meaning: "Within a few seconds of a new description with another SRTP key packets are missing, or do not authenticate.",
            consequence: "What was said at that moment is silence in the audio.",
            cause:
                "Sender and receiver that take up the new key at different times, packets under a key that no description shows, or a sender "
                + "that pauses while it negotiates.",
            action: "The old key is tried beside the new one, so packets that overtake or follow the change are opened; what stays is a gap with its cause.",
            remedy: "Let the sender keep the old key until the answer has come, and the receiver accept both for a while.",
            reference: "RFC 4568 section 7.1.4, RFC 3711 section 9.1")
    }
}
