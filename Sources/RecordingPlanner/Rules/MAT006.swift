package import Evidence

extension Rule {
    /// Several participants on one stream (RFC 7866 section 8.1.4; RFC 7865 section 6.8).
    package static var mat006: Rule {
        Rule(
            code: "MAT006", title: "Several participants on one stream", severity: .info,
            meaning: "Metadata says that two or more participants send on the same m-line at the same time.",
            consequence: "The stream is a mix: without more evidence, nobody can tell who said what.",
            cause: "The SRC or a conference mixer mixes before recording; many SRCs do so by default.",
            action: "Written once, as a mix file that names every sender; voices are not separated by guessing.",
            remedy: "Configure the SRC to send one m-line per participant if separate audio is wanted.",
            reference: "RFC 7866 section 8.1.4; RFC 7865 section 6.8")
    }
}
