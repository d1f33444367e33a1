package import Evidence

extension Rule {
    /// The siprec option among supported extensions.
    package static var rec031: Rule {
        Rule(
            code: "REC031", title: "siprec offered in Supported", severity: .info,
            meaning: "The recording client lists siprec in Supported; the option tag belongs in Require.",
            consequence: "A server that is not a recorder may accept the session and record nothing.",
            cause: "Stacks that list every option they know.",
            action: "None; the session is read as it is.",
            remedy: "Send Require: siprec, and leave siprec out of Supported.",
            reference: "RFC 7866 section 6.1.1")
    }
}
