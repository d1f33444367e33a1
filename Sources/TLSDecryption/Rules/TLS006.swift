package import Evidence

extension Rule {
    package static var tls006: Rule {
        Rule(
            code: "TLS006", title: "Bytes that are not a TLS record", severity: .warning,
            meaning: "A connection that began as TLS carries bytes that are not a TLS record.",
            consequence: "Records may be missing from this point on.",
            cause: "Lost segments, a damaged capture, or a protocol that switches back from TLS.",
            action: "The next record is searched for, and accepted only if its tag verifies with the next sequence numbers.",
            remedy: "Examine the packet, and check the capture for drops before it.",
            reference: "RFC 8446 section 5.1")
    }
}
