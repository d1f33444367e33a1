package import Evidence

extension Rule {
    /// Old key at a new address.
    package static var rec038: Rule {
        Rule(
            code: "REC038", title: "SRTP key reused after an address change", severity: .error, concernsContent: false,
            meaning: "The address or port of a stream changed, but its crypto line kept the key.",
            consequence: "Two streams with one key and possibly the same SSRC use the keystream twice, which exposes both.",
            cause: "Clients that copy their crypto lines into every offer.",
            action: "The key is used; the rollover counter is searched if it does not match.",
            remedy: "Generate a new key whenever the address or port changes.",
            reference: "RFC 4568 section 7.1.4")
    }
}
