package import Evidence

extension Rule {
    package static var ply005: Rule {
        Rule(
            code: "PLY005", title: "Overlapping audio trimmed", severity: .info,
            meaning: "Packets claim a span of the track that earlier packets have already filled.",
            consequence:
                "The overlapping part of the later packet is left out, usually a few samples. A long overlap means that two senders speak for one "
                + "participant at once, one of which is missing there.",
            cause:
                "Timestamps that advance by less than the payload lasts, a restart of the stream by arrival times, or a new SSRC that begins before the "
                + "old one ends.",
            action: "The first audio for a span is kept. Audio is never mixed into one track.",
            remedy: "If much is trimmed, check whether the two streams belong to two participants and correct the match.",
            reference: "RFC 3550 section 5.1")
    }
}
