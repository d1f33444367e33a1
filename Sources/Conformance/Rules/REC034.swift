package import Evidence

extension Rule {
    /// Media before the server is ready.
    package static var rec034: Rule {
        Rule(
            code: "REC034", title: "Media while the answer is inactive", severity: .warning,
            meaning: "Packets arrive although the last answer of the recording server made the stream inactive.",
            consequence: "The server drops them: they are in the capture but not in the server's recording.",
            cause: "Clients that ignore the direction of the answer.",
            action: "The span is left out as a pause unless --include-paused is given.",
            remedy: "Send only while the direction in the answer allows it.",
            reference: "RFC 7866 section 7.2; RFC 3264 section 6.1")
    }
}
