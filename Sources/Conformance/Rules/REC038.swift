package import Evidence

extension Rule {
    /// Old key at a new address.
    package static var rec038: Rule {
        Rule(
            code: "REC038", title: "Same key after a change of address", severity: .error, concernsContent: false,
            meaning: "Address or port of a stream changed and the crypto line kept its key.",
            consequence: "Two streams under one key and possibly the same SSRC: the key stream is used twice, which uncovers both.",
            cause: "Clients that copy their crypto lines into every offer.",
            action: "siprecap uses the key; a rollover counter that does not fit is searched.",
            remedy: "Make a new key whenever address or port changes.",
            reference: "RFC 4568 section 7.1.4")
    }
}
