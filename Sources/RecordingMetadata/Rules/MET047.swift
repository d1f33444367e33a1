package import Evidence

extension Rule {
    /// Metadata mode spelled differently.
    package static var met047: Rule {
        Rule(
            code: "MET047", title: "Metadata mode spelled differently", severity: .warning,
            meaning: "The element datamode, or its value, is written with capital letters.",
            consequence: "A strict recorder does not find it and assumes the default, complete: an update would end everybody it does not mention.",
            cause: "RFC 7865 spells the element dataMode in its prose and datamode in its schema. Avaya border controllers and BroadWorks follow the prose.",
            action: "Any capitalisation of the name and the value is accepted.",
            remedy: "Write datamode in lower case with the value complete or partial.",
            reference: "RFC 7865 sections 5.1.2 and 9")
    }
}
