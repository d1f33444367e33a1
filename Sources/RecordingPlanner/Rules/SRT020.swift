package import Evidence

extension Rule {
    package static var srt020: Rule {
        Rule(
            code: "SRT020", title: "DTLS roles do not match SDP", severity: .warning,
            meaning: "The party that started the DTLS handshake is not the active one according to `a=setup`.",
            consequence: "None if the handshake succeeded: keys follow the actual client and server.",
            cause: "An implementation that ignores the other side's `a=setup`, or a call that was bridged.",
            action: "The roles seen in the handshake are used.",
            remedy: "None needed.",
            reference: "RFC 4145 section 4, RFC 5763 section 5")
    }
}
