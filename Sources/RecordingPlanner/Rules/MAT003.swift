package import Evidence

extension Rule {
    /// Stream captured on two paths (RFC 3550 section 8.2).
    package static var mat003: Rule {
        Rule(
            code: "MAT003", title: "Stream captured on two paths", severity: .info,
            meaning: "The same source (SSRC) was seen at overlapping times on two network paths that both match one negotiated stream.",
            consequence: "The packets are copies; using both would double the audio.",
            cause: "The capture sees both sides of a NAT, proxy or media relay, or a mirror port copies both directions.",
            action: "Each packet is used once; what only one path has is used from there.",
            remedy: "None needed; capture at one point only if file size matters.",
            reference: "RFC 3550 section 8.2")
    }
}
