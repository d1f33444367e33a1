package import Evidence

extension Rule {
    /// Media line of a recording without label.
    package static var sdp101: Rule {
        Rule(
            code: "SDP101", title: "Media line of a recording without label", severity: .error,
            meaning: "A media line that the recording client describes has no a=label, which RFC 7866 asks for on each recorded stream.",
            consequence: "Metadata names streams by label; without one it cannot say who speaks on this stream.",
            cause: "An older or minimal recording client, or a session border controller that strips unknown attributes.",
            action: "The stream is kept and matched to participants by elimination or order where possible, and marked so.",
            remedy: "Configure the recording client to add a=label to every media line.",
            reference: "RFC 7866 section 7.1.1 and RFC 4574")
    }
}
