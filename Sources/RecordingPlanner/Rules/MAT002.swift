package import Evidence

extension Rule {
    /// Flow fits several negotiated streams (RFC 3264 section 8).
    package static var mat002: Rule {
        Rule(
            code: "MAT002", title: "Flow matches several negotiated streams", severity: .warning,
            meaning: "Two or more negotiated streams are almost equally likely for one RTP flow.",
            consequence: "The audio may be under the wrong name; the alternatives are listed.",
            cause: "Ports reused within a second, the same SDP on two hops of one call, or two dialogs that announce the same address.",
            action: "The best candidate is used and the others are listed as alternatives.",
            remedy: "Check the alternatives in recording.json; a capture with both hops' signalling usually settles it.",
            reference: "RFC 3264 section 8")
    }
}
