package import Evidence

extension Rule {
    /// Attribute that the schema does not have.
    package static var met040: Rule {
        Rule(
            code: "MET040", title: "Unknown metadata attribute", severity: .warning,
            meaning: "An element of the metadata has an attribute that the schema does not define.",
            consequence: "Validating receivers reject the document.",
            cause: "Attributes from drafts, such as session or id, or vendor data.",
            action: "Attributes from drafts are read; the rest is kept under extensions.",
            remedy: "Use the attributes of RFC 7865; put others into your own namespace.",
            reference: "RFC 7865 section 9")
    }
}
