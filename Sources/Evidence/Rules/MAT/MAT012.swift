extension Rule {
    /// The same media to two recorders.
    package static let mat012 = Rule(
        code: "MAT012", title: "The same media to two recorders", severity: .info,
        meaning: "Two recording sessions of one communication session deliver the same packets: source, numbering and octets are the same.",
        consequence: "There is one audio file. A packet that is missing on the way to one recorder is taken from the way to the other.",
        cause: "The recording client sends to two recording servers for safety.",
        action: "Each packet is used once, the first copy of it; the sidecar lists the other flow as a twin.",
        remedy: "Nothing is wrong. Losses of one way alone show in a run over that way alone.",
        reference: "RFC 7245 section 3.1; RFC 7866 section 8.2.1")
}
