package import Evidence

extension Rule {
    package static var aud004: Rule {
        Rule(
            code: "AUD004", title: "Codec inferred from the packets", severity: .warning,
            meaning: "The capture does not define a dynamic payload type, and its packets match exactly one codec.",
            consequence: "The stream is decoded under that assumption. If it is wrong, the payloads contradict the codec's framing and their time is silent.",
            cause: "The capture holds the media but not the offer and answer that name the codec, or the signalling was encrypted.",
            action:
                "The clock rate, packet time and packet size were compared with codecs whose frames have a distinctive size or structure. The sidecar "
                + "marks the codec as inferred.",
            remedy: "Supply the signalling or its keys, or specify the codec with --decode-as.",
            reference: "RFC 3551 section 3; RFC 3550 section 5.1")
    }
}
