package import Evidence

extension Rule {
    package static var srt015: Rule {
        Rule(
            code: "SRT015", title: "Keys agreed by MIKEY", severity: .warning,
            meaning: "The signalling carries MIKEY messages, which agree on the keys of the media.",
            consequence: "The streams open only with keys from a key file.",
            cause: "A client of defence, public safety or 3GPP MCPTT, or a telephone system that prefers MIKEY.",
            action: "The message is kept but not followed, and it is not shown in signalling.txt.",
            remedy: "Supply the SRTP master keys in a key file.",
            reference: "RFC 3830, RFC 4567")
    }
}
