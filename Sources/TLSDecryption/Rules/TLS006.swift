package import Evidence

extension Rule {
    package static var tls006: Rule {
        Rule(
            code: "TLS006", title: "Octets that are no TLS record", severity: .warning,
            meaning: "A connection that began as TLS carries octets that are no record.",
            consequence: "Records may be missing from here on.",
            cause: "Lost segments, a damaged capture, or a protocol that leaves TLS again.",
            action: "The next record is searched for, and believed only when its tag verifies under the next numbers.",
            remedy: "Look at the packet and for drops of the capture before it.",
            reference: "RFC 8446 section 5.1")
    }
}
