package import Evidence

extension Rule {
    package static var aud010: Rule {
        Rule(
            code: "AUD010", title: "Payload layout contradicts the format parameters", severity: .warning,
            meaning:
                "Every sampled packet of a payload type is laid out in another way than its session description says: AMR octet-aligned instead of "
                + "bandwidth-efficient or the reverse, AMR in storage format without the CMR octet, or L16 with the low byte first.",
            consequence: "Receivers that follow the description hear noise or nothing.",
            cause:
                "The sender ignores octet-align or its absence in the answer, copies frames out of an .amr file, or does not convert its samples to network order.",
            action: "The packets are decoded by the layout that they have.",
            remedy: "Correct the fmtp line or the sender's packing.",
            reference: "RFC 4867 sections 4.3, 4.4, 5.3 and 8.1; RFC 3551 section 4.5.11")
    }
}
