package import Evidence

extension Rule {
    package static var srt020: Rule {
        Rule(
            code: "SRT020", title: "DTLS roles differ from the signalling", severity: .warning,
            meaning: "The party that began the DTLS handshake is not the one that `a=setup` made the active one.",
            consequence: "None when the handshake succeeded: keys are taken by who was client and who was server.",
            cause: "An implementation that ignores the other side's `a=setup`, or a call that was bridged.",
            action: "The roles seen in the handshake are used.",
            remedy: "None needed.",
            reference: "RFC 4145 section 4, RFC 5763 section 5")
    }
}
