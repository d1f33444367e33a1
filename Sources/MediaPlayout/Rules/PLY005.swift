package import Evidence

extension Rule {
    package static var ply005: Rule {
        Rule(
            code: "PLY005", title: "Overlapping audio was trimmed", severity: .info,
            meaning: "Packets claim time of the track that earlier packets had filled already.",
            consequence:
                "The overlapping part of the later packet is left out, usually a few samples. Long overlaps mean that two senders speak for one "
                + "participant at once, of which one is missing there.",
            cause:
                "Timestamps that step by less than the payload lasts, a restart of the stream by arrival times, or a new SSRC that begins before "
                + "the old one ends.",
            action: "The first sound to claim a place keeps it. Sounds are never mixed into one track.",
            remedy: "When much is trimmed, look whether the two streams belong to two participants and correct the match.",
            reference: "RFC 3550 section 5.1")
    }
}
