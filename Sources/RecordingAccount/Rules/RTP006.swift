package import Evidence

extension Rule {
    package static var rtp006: Rule {
        Rule(
            code: "RTP006", title: "Duplicate RTP packets", severity: .info,
            meaning: "The same sequence number of a source was captured more than once.",
            consequence: "None for the audio: one copy is used. Packet counts and bit rates read from the capture are too high.",
            cause: "A mirror port that sees a packet on its way in and out, two capture points in one file, or deliberate duplication.",
            action: "The first copy is used; the others are counted.",
            remedy: "Capture one direction of the mirrored port, or remove duplicates before computing bandwidth from the capture.",
            reference: "RFC 3550 section 5.1, RFC 7198")
    }
}
