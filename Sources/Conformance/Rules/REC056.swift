package import Evidence

extension Rule {
    /// Metadata lists a receiver that stopped receiving.
    package static var rec056: Rule {
        Rule(
            code: "REC056", title: "Metadata lists a receiver that stopped receiving", severity: .error, concernsContent: false,
            meaning:
                "In the communication session a party stopped receiving, and five seconds later the metadata still lists a stream among those it receives.",
            consequence: "The recording says that somebody heard words that never reached them.",
            cause: "The client sends metadata when parties join and leave but not on hold.",
            action: "The metadata is followed.",
            remedy: "Send a document without that recv element when the party puts the other one on hold.",
            reference: "RFC 7865 section 6.8.1")
    }
}
