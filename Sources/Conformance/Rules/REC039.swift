package import Evidence

extension Rule {
    /// Payload types that look like RTCP.
    package static var rec039: Rule {
        Rule(
            code: "REC039", title: "Payload type 64 to 95 with rtcp-mux", severity: .warning,
            meaning: "RTP and RTCP share a port, and a payload type from 64 to 95 is in use, which looks like RTCP if the marker bit is set.",
            consequence: "Receivers mistake media for RTCP and drop it.",
            cause: "Numbers taken from a static list.",
            action: "They are told apart by length and SSRC.",
            remedy: "Use payload types from 96 to 127.",
            reference: "RFC 5761 section 4")
    }
}
