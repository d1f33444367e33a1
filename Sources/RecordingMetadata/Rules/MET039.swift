package import Evidence

extension Rule {
    /// Extension inside the namespace of the RFC.
    package static var met039: Rule {
        Rule(
            code: "MET039", title: "Vendor extension in the RFC namespace", severity: .warning,
            meaning: "An element that the schema does not define is in the namespace of the recording metadata.",
            consequence: "Validating receivers reject the document.",
            cause: "Vendor data without its own namespace.",
            action: "The element is kept under extensions.",
            remedy: "Put extensions into your own namespace.",
            reference: "RFC 7865 section 9")
    }
}
