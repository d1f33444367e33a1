package import Evidence

extension Rule {
    /// Metadata lists a sender that stopped sending.
    package static var rec055: Rule {
        Rule(
            code: "REC055", title: "Metadata lists a sender that stopped sending", severity: .error, concernsContent: false,
            meaning:
                "In the communication session a party stopped sending (hold, or a line that became inactive), and five seconds later the metadata still "
                + "lists it as a sender of that stream.",
            consequence: "Whatever the stream then carries, often music on hold, is attributed to that party.",
            cause: "The client sends metadata when parties join and leave but not on hold; RFC 8068 shows the missing update.",
            action: "The metadata is followed; check the given frame before you trust the name in that span.",
            remedy: "Send a document without that send element when the party is put on hold.",
            reference: "RFC 7865 section 6.8.1")
    }
}
