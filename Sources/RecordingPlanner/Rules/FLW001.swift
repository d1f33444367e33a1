package import Evidence

extension Rule {
    /// Negotiated stream without any packet (RFC 3264 section 5.1).
    package static var flw001: Rule {
        Rule(
            code: "FLW001", title: "Negotiated stream without any packet", severity: .error,
            meaning: "Offer and answer agreed on a stream, but the capture has no RTP packet that fits it.",
            consequence: "This participant's voice is missing from the recording.",
            cause:
                "The SRC never sent (one-way audio), media took a path that is not captured, a firewall dropped it before the capture point, or the capture filter excludes the ports.",
            action: "The stream is listed without files and the recording is marked incomplete.",
            remedy: "Look for the announced port with a capture filter of its own; compare with a capture taken at the SRC.",
            reference: "RFC 3264 section 5.1")
    }
}
