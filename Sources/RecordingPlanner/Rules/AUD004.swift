package import Evidence

extension Rule {
    package static var aud004: Rule {
        Rule(
            code: "AUD004", title: "Codec inferred from the packets", severity: .warning,
            meaning: "A dynamic payload type has no description in the capture, and its packets look like one codec and no other.",
            consequence: "The stream is decoded under that assumption. If it is wrong, the payloads contradict the codec's framing and their time is silence.",
            cause: "The capture holds the media but not the offer and answer that name the codec, or they were encrypted.",
            action:
                "The clock, the time between packets and their size were compared with the codecs whose frames have a size or a structure of their own. "
                + "The codec is marked as inferred in the sidecar.",
            remedy: "Supply the signalling or its keys, or name the codec of the payload type by hand.",
            reference: "RFC 3551 section 3; RFC 3550 section 5.1")
    }
}
