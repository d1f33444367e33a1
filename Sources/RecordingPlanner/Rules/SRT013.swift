package import Evidence

extension Rule {
    package static var srt013: Rule {
        Rule(
            code: "SRT013", title: "Session parameter not supported", severity: .warning,
            meaning:
                "An `a=crypto` line asks for a way of protection that is not followed: a key derivation rate, packets without authentication, "
                + "or a parameter nobody knows.",
            consequence: "Its packets are not opened, because nothing would tell a right key from a wrong one.",
            cause: "A device with unusual settings.",
            action: "The line's keys are not used; other lines of the offer are.",
            remedy: "Switch the parameter off in the device, or record with another suite.",
            reference: "RFC 4568 section 6.3")
    }
}
