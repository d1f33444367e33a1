package import Evidence

extension Rule {
    package static var srt005: Rule {
        Rule(
            code: "SRT005", title: "SRTP suite not supported", severity: .error,
            meaning: "siprecap does not support the negotiated crypto suite.",
            consequence: "The stream stays encrypted and its audio is missing.",
            cause: "A suite outside RFC 4568, RFC 6188 and RFC 7714, such as F8, SEED or ARIA, or a private one.",
            action: "The stream is listed with the name of its suite; no audio is written.",
            remedy: "Offer AES_CM_128_HMAC_SHA1_80 or an AEAD_AES_GCM suite.",
            reference: "RFC 4568 section 6.2, RFC 6188, RFC 7714")
    }
}
