package import Evidence

extension Rule {
    /// Recorded media starts late.
    package static var rec024: Rule {
        Rule(
            code: "REC024", title: "Recorded media starts late", severity: .warning,
            meaning: "The session was answered and active, but the first packet of this stream came more than two seconds later.",
            consequence: "The beginning of the conversation may be missing.",
            cause: "Slow start of the client's media fork, packets lost before the probe, or silence suppression.",
            action: "The time before is silent.",
            remedy: "Start forking when the answer arrives; compare with a capture at the client.",
            reference: "RFC 6341 section 4; RFC 7866 section 7.1")
    }
}
