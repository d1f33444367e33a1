package import Evidence

extension Rule {
    /// Media without signalling (RFC 3551 section 6).
    package static var flw003: Rule {
        Rule(
            code: "FLW003", title: "Media without signalling", severity: .info,
            meaning: "RTP flows were found that no SIP dialog in the capture explains.",
            consequence: "They are recordings without names; payload types that are not static can not be decoded with certainty.",
            cause: "Signalling is on another host, encrypted, or before the capture's start.",
            action: "Flows between the same two sockets that overlap in time become a recording of kind media.",
            remedy: "Give the file with the signalling too, or the keys that open it.",
            reference: "RFC 3551 section 6")
    }
}
