package import Evidence

extension Rule {
    /// Description under another name.
    package static var rec037: Rule {
        Rule(
            code: "REC037", title: "SDP not labelled application/sdp", severity: .warning,
            meaning: "A body part that is a session description has another media type.",
            consequence: "Strict receivers find no offer and reject the session.",
            cause: "Gateways that assemble multipart bodies by hand.",
            action: "The part is recognised by its content.",
            remedy: "Label the part application/sdp.",
            reference: "RFC 3261 section 7.4; RFC 8866 section 8.1")
    }
}
