package import Evidence

extension Rule {
    /// The same media twice: to two recorders, or by a sender that says so.
    package static var mat012: Rule {
        Rule(
            code: "MAT012", title: "Same media sent twice", severity: .info,
            meaning:
                "Two flows deliver the same packets, to two recorders of one communication session or as duplicates announced in SDP (DUP). Sequence "
                + "numbers and bytes are the same.",
            consequence: "There is one audio file. A packet that is missing on one path is taken from the other.",
            cause: "The recording client sends to two recording servers for redundancy, or sends its media twice.",
            action: "Each packet is used once, its first copy; the sidecar lists the other flow as a twin.",
            remedy: "None needed. To see the losses of one path, run over that path alone.",
            reference: "RFC 7245 section 3.1; RFC 7866 section 8.2.1; RFC 7104; RFC 7198")
    }
}
