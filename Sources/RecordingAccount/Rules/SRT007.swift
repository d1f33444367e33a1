package import Evidence

extension Rule {
    package static var srt007: Rule {
        Rule(
            code: "SRT007", title: "SRTP key changed during the stream", severity: .info,
            meaning: "From some packet on, a source authenticates with another master key.",
            consequence: "None for the recording as long as both keys are known.",
            cause: "A re-INVITE with a new key, or a transfer.",
            action: "The new key is used as soon as a packet authenticates with it; late packets with the old key are still decrypted.",
            remedy: "None needed.",
            reference: "RFC 3711 section 8.1, RFC 4568 section 7.1.4")
    }
}
