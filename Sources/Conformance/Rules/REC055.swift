package import Evidence

extension Rule {
    /// Metadata still has a party sending after it stopped.
    package static var rec055: Rule {
        Rule(
            code: "REC055", title: "Metadata still has a party sending after it stopped", severity: .error, concernsContent: false,
            meaning: """
                In the communication session a party stopped sending (hold, or a line that became inactive), and five seconds later the metadata \
                still has it sending that stream.
                """,
            consequence: "Whatever comes on the stream then, often music on hold, is taken for the voice of that party.",
            cause: "The client sends metadata when parties join and leave but not for hold; RFC 8068 shows the update that is missing.",
            action: "siprecap follows the metadata; look at the named frame before you trust the name on that span.",
            remedy: "Send a document without that send element when the party is put on hold.",
            reference: "RFC 7865 section 6.8.1")
    }
}
