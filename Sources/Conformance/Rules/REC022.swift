package import Evidence

extension Rule {
    /// Media source differs from the SDP address.
    package static var rec022: Rule {
        Rule(
            code: "REC022", title: "Media source differs from the SDP address", severity: .info,
            meaning: "Packets come from an address or port other than the one in the sender's session description.",
            consequence: "A recorder that filters by address drops them: one-way audio or none.",
            cause: "Address translation or a media relay between sender and recorder.",
            action: "The flow is matched by its destination and other evidence.",
            remedy: "Announce the address that packets come from, or make the recorder follow the source address of packets.",
            reference: "RFC 7866 section 8.1.8; RFC 4961")
    }
}
