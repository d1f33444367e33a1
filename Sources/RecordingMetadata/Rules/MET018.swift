package import Evidence

extension Rule {
    /// Participant that stands for nobody.
    package static var met018: Rule {
        Rule(
            code: "MET018", title: "Participant that stands for nobody", severity: .info,
            meaning: "A participant has the identifier or address that a product uses in every call as a dummy for a party who is not known yet.",
            consequence: "Keyed by its identifier it would join strangers of different calls.",
            cause: "Avaya SBCE describes the callee like that until the call is answered.",
            action: "siprecap leaves the dummy and its associations out and waits for the document that names the real party.",
            remedy: "None is needed where a later document names the party; otherwise have the recording client send an update on answer.",
            reference: "RFC 7865 section 6.5")
    }
}
