package import Evidence

extension Rule {
    /// Content-Length larger than the body.
    package static var sip001: Rule {
        Rule(
            code: "SIP001", title: "Content-Length larger than the body", severity: .warning,
            meaning: "The message declares more body bytes than the datagram contains or than arrived before the stream ended.",
            consequence: "The last body part may be truncated; the session description or metadata in it can be incomplete.",
            cause: "A capture with a snap length, a lost fragment or segment, or a sender that counts wrongly.",
            action: "The available bytes are read and the body is marked as incomplete.",
            remedy: "Capture whole packets and all fragments; correct the Content-Length of the sender.",
            reference: "RFC 3261 sections 18.3 and 20.14")
    }
}
