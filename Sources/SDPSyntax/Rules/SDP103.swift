package import Evidence

extension Rule {
    /// Dynamic payload type without rtpmap.
    package static var sdp103: Rule {
        Rule(
            code: "SDP103", title: "Dynamic payload type without rtpmap", severity: .warning,
            meaning: "A media line lists a dynamic payload type, but no a=rtpmap defines it.",
            consequence: "The signalling does not say which codec packets with this type use.",
            cause: "An rtpmap line dropped by an intermediary, or an answer that contains only numbers.",
            action: "The mapping of the other side is used if there is one; otherwise the type stays unknown.",
            remedy: "Send an rtpmap for every dynamic payload type.",
            reference: "RFC 8866 section 6.6 and RFC 3551 section 3")
    }
}
