package import Evidence

extension Rule {
    /// Media without signalling (RFC 3551 section 6).
    package static var flw003: Rule {
        Rule(
            code: "FLW003", title: "Media without signalling", severity: .info,
            meaning: "The capture contains RTP flows that no SIP dialog explains.",
            consequence: "They become recordings without names; dynamic payload types cannot be decoded with certainty.",
            cause: "Signalling is on another host, encrypted, or before the start of the capture.",
            action: "Flows between the same two sockets that overlap in time become a recording of kind media.",
            remedy: "Add the capture that holds the signalling, or the keys that decrypt it.",
            reference: "RFC 3551 section 6")
    }
}
