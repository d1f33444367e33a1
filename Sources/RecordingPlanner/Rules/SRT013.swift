package import Evidence

extension Rule {
    package static var srt013: Rule {
        Rule(
            code: "SRT013", title: "Unsupported SRTP session parameter", severity: .warning,
            meaning:
                "An `a=crypto` line requests an unsupported kind of protection: a key derivation rate, packets without authentication, or an unknown parameter.",
            consequence: "Its packets are not decrypted, because a right key could not be told from a wrong one.",
            cause: "A device with unusual settings.",
            action: "The keys of this line are not used; other lines of the offer are.",
            remedy: "Turn off the parameter in the device, or record with another suite.",
            reference: "RFC 4568 section 6.3")
    }
}
