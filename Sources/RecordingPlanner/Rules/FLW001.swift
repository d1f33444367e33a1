package import Evidence

extension Rule {
    /// Negotiated stream without any packet (RFC 3264 section 5.1).
    package static var flw001: Rule {
        Rule(
            code: "FLW001", title: "No packets for a negotiated stream", severity: .error,
            meaning: "Offer and answer agreed on a stream, but no RTP packet in the capture matches it.",
            consequence: "This participant's voice is missing from the recording.",
            cause:
                "The SRC never sent (one-way audio), media took a path that was not captured, a firewall dropped it before the capture point, or the "
                + "capture filter excludes the ports.",
            action: "The stream is listed without files and the recording is marked incomplete.",
            remedy: "Capture the announced port; compare with a capture taken at the SRC.",
            reference: "RFC 3264 section 5.1")
    }
}
