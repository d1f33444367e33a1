package import Evidence

extension Rule {
    /// Metadata uses another namespace.
    package static var met002: Rule {
        Rule(
            code: "MET002", title: "Metadata uses another namespace", severity: .error, concernsContent: false,
            meaning: "The root element is not in the namespace urn:ietf:params:xml:ns:recording:1 that RFC 7865 registers.",
            consequence:
                "A recorder that checks namespaces ignores the document. It often has the structure of an early draft, with less information about who "
                + "heard whom.",
            cause: """
                The recording client was written against a draft of RFC 7865 (the namespaces ...:recording and ...:siprec date from 2011 to 2013).
                """,
            action: "Elements are read by their local name, and the structure of the drafts is mapped to the RFC model.",
            remedy: "Select the RFC 7865 format in the recording client if it has such a setting.",
            reference: "RFC 7865 sections 5.1.2 and 10.1")
    }
}
