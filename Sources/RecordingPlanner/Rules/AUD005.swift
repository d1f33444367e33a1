package import Evidence

extension Rule {
    package static var aud005: Rule {
        Rule(
            code: "AUD005", title: "G.726 byte packing does not match the encoding name", severity: .warning,
            meaning: "The payloads make sense only if their codewords are packed in the opposite order to the one that the encoding name implies.",
            consequence: "The stream is decoded in the order that its packets show. Decoded by its name, it would be loud noise.",
            cause:
                "RFC 3551 packs codewords starting with the low bits of each byte, ITU-T I.366.2 starting with the high bits, and products have used one "
                + "name for both.",
            action:
                "Sample packets at 24 and 40 kbit/s were decoded both ways; in the named order every one of them is several times louder. At 16 and 32 "
                + "kbit/s packets do not show the order, and the name decides.",
            remedy: "Correct the encoding name at the sender, for example G726-40 to AAL2-G726-40 or the reverse.",
            reference: "RFC 3551 section 4.5.4")
    }
}
