package import Evidence

extension Rule {
    /// Media line without a label.
    package static var sdp101: Rule {
        Rule(
            code: "SDP101", title: "Media line without a label", severity: .error,
            meaning: "A media line of the recording client has no a=label, which RFC 7866 requires on each recorded stream.",
            consequence: "Metadata refers to streams by label; without one it cannot say who speaks on this stream.",
            cause: "An old or minimal recording client, or a session border controller that strips unknown attributes.",
            action: "The stream is kept, matched to participants by elimination or order if possible, and marked accordingly.",
            remedy: "Configure the recording client to add a=label to every media line.",
            reference: "RFC 7866 section 7.1.1 and RFC 4574")
    }
}
