package import Evidence

extension Rule {
    /// Metadata media type is not application/rs-metadata+xml.
    package static var dlg007: Rule {
        Rule(
            code: "DLG007", title: "Metadata media type is not application/rs-metadata+xml", severity: .info,
            meaning: "The metadata part has a media type other than the registered one.",
            consequence: "A recorder that only knows the registered type answers 415 or ignores the part.",
            cause: "Products that follow RFC 7866 as printed or an earlier draft use application/rs-metadata.",
            action: "The part is used regardless of its type.",
            remedy: "Send application/rs-metadata+xml.",
            reference: "RFC 9806 and RFC 7865 section 5")
    }
}
