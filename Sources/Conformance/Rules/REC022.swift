package import Evidence

extension Rule {
    /// Media from another address than announced.
    package static var rec022: Rule {
        Rule(
            code: "REC022", title: "Media from another address than announced", severity: .info,
            meaning: "Packets come from another address or port than the sender's description gives.",
            consequence: "A recorder that filters by address drops them: one-way or no audio.",
            cause: "Address translation, or a media relay, between sender and recorder.",
            action: "The flow is matched by its destination and other evidence.",
            remedy: "Announce the address that packets come from, or let the recorder follow the source of packets.",
            reference: "RFC 7866 section 8.1.8; RFC 4961")
    }
}
