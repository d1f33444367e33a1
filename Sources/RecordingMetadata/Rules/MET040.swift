package import Evidence

extension Rule {
    /// Attribute that the schema does not have.
    package static var met040: Rule {
        Rule(
            code: "MET040", title: "Unknown attribute", severity: .warning,
            meaning: "An element of the metadata has an attribute that the schema does not know.",
            consequence: "Validating receivers refuse the document.",
            cause: "Attributes of drafts, such as session or id, or vendor data.",
            action: "siprecap reads those of drafts and keeps the rest under extensions.",
            remedy: "Use the attributes of RFC 7865; put others into a namespace of your own.",
            reference: "RFC 7865 section 9")
    }
}
