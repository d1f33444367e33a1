package import Evidence

extension Rule {
    /// Metadata in another namespace.
    package static var met002: Rule {
        Rule(
            code: "MET002", title: "Metadata in another namespace", severity: .error, concernsContent: false,
            meaning: "The root element is not in the namespace urn:ietf:params:xml:ns:recording:1 that RFC 7865 registers.",
            consequence: """
                A recorder that checks namespaces ignores the document. Its shape is often that of an early draft, with fewer facts about who \
                heard whom.
                """,
            cause: """
                The recording client was written against a draft of RFC 7865 (the namespaces ...:recording and ...:siprec date from 2011 to 2013).
                """,
            action: "siprecap reads elements by their local name and maps draft shapes to the RFC model.",
            remedy: "Choose the RFC 7865 format in the recording client if it has such a setting.",
            reference: "RFC 7865 sections 5.1.2 and 10.1")
    }
}
