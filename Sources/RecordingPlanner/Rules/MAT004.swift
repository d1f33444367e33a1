package import Evidence

extension Rule {
    /// Sender of the stream is not known (RFC 7865 sections 6.7 and 6.8).
    package static var mat004: Rule {
        Rule(
            code: "MAT004", title: "Sender of the stream is unknown", severity: .warning,
            meaning: "No metadata document names a participant who sends on this m-line.",
            consequence: "The audio is complete, but its file is named after the label or the flow instead of the person.",
            cause: "The SRC sends no metadata, sends it after the end of the capture, or uses labels that do not match.",
            action: "The file is named after the label or flow; the participant's confidence is none.",
            remedy: "Ask the SRC's vendor for stream and participantstreamassoc elements with labels, as RFC 7865 requires.",
            reference: "RFC 7865 sections 6.7 and 6.8")
    }
}
