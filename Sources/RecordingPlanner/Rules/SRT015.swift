package import Evidence

extension Rule {
    package static var srt015: Rule {
        Rule(
            code: "SRT015", title: "Keys negotiated by MIKEY", severity: .warning,
            meaning: "The signalling carries MIKEY messages, which negotiate the media keys.",
            consequence: "The streams can be decrypted only with keys from a key file.",
            cause: "A defence, public safety or 3GPP MCPTT client, or a telephone system that prefers MIKEY.",
            action: "The message is kept but not processed, and it is not shown in signalling.txt.",
            remedy: "Supply the SRTP master keys in a key file.",
            reference: "RFC 3830, RFC 4567")
    }
}
