package import Evidence

extension Rule {
    /// Media before the server is ready.
    package static var rec034: Rule {
        Rule(
            code: "REC034", title: "Media while the answer is inactive", severity: .warning,
            meaning: "Packets come although the last answer of the recording server made the stream inactive.",
            consequence: "The server drops them: what is in the capture is not in its recording.",
            cause: "Clients that ignore the direction of the answer.",
            action: "siprecap leaves the span out as a pause unless --include-paused is given.",
            remedy: "Send only while the answered direction allows it.",
            reference: "RFC 7866 section 7.2; RFC 3264 section 6.1")
    }
}
