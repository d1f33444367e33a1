package import Evidence

extension Rule {
    /// Dynamic payload type without rtpmap.
    package static var sdp103: Rule {
        Rule(
            code: "SDP103", title: "Dynamic payload type without rtpmap", severity: .warning,
            meaning: "A payload type from the dynamic range is listed on a media line, but no a=rtpmap says what it is.",
            consequence: "The codec of packets with this type is not known from the signalling.",
            cause: "An rtpmap line dropped by an intermediary, or an answer that names only numbers.",
            action: "The mapping of the other side is used where it has one; otherwise the type stays unknown.",
            remedy: "Send an rtpmap for every dynamic payload type.",
            reference: "RFC 8866 section 6.6 and RFC 3551 section 3")
    }
}
