package import Evidence

extension Rule {
    /// Metadata out of order.
    package static var rec013: Rule {
        Rule(
            code: "REC013", title: "Metadata out of order", severity: .warning,
            meaning: "A metadata document has a lower CSeq than an earlier one from the same party.",
            consequence: "Applied in order of arrival, an old state would replace a newer one.",
            cause: "Requests overtook each other on UDP, or two captures with different clocks were merged.",
            action: "Documents are applied in order of time; check both frames.",
            remedy: "Send the next request only after the response to the one before.",
            reference: "RFC 3261 section 12.2")
    }
}
