package import Evidence

extension Rule {
    /// Extension inside the namespace of the RFC.
    package static var met039: Rule {
        Rule(
            code: "MET039", title: "Extension in the namespace of the RFC", severity: .warning,
            meaning: "An element that the schema does not know stands in the namespace of the recording metadata.",
            consequence: "Validating receivers refuse the document.",
            cause: "Vendor data without a namespace of its own.",
            action: "siprecap keeps the element under extensions.",
            remedy: "Put additions into a namespace of your own.",
            reference: "RFC 7865 section 9")
    }
}
