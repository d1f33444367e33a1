package import Evidence

extension Rule {
    package static var ply006: Rule {
        Rule(
            code: "PLY006", title: "Gap longer than the limit", severity: .error,
            meaning: "The next packet of a stream is further from the last one than a single gap may last.",
            consequence: "The rest of this stream is not written: a single forged or damaged capture time could otherwise fill the disk with silence.",
            cause:
                "A damaged capture time, files of different days with the same addresses and SSRC, or a recording session that was really silent for very long.",
            action: "The stream ends at the last packet before the gap, and the packets after it are counted.",
            remedy: "If the gap is real, raise the limit, or reconstruct the two parts separately.",
            reference: "Limits of siprecap")
    }
}
