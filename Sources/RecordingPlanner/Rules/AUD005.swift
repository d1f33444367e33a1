package import Evidence

extension Rule {
    package static var aud005: Rule {
        Rule(
            code: "AUD005", title: "G.726 packed the other way round than named", severity: .warning,
            meaning: "The payloads make sense only with their codewords in the other order than the name of the encoding says.",
            consequence: "The stream is decoded in the order that its packets show. Read as named it would be loud noise.",
            cause:
                "RFC 3551 packs codewords from the low bits of each octet up and ITU-T I.366.2 from the high bits down, and products have used the one name "
                + "for the other.",
            action:
                "Sampled packets of 24 and 40 kbit/s were decoded both ways; in the named order every one of them is several times louder. At 16 and 32 kbit/s "
                + "packets do not tell, and the name is believed.",
            remedy: "Correct the sender's name of the encoding: G726-40 for the one, AAL2-G726-40 for the other.",
            reference: "RFC 3551 section 4.5.4")
    }
}
