package import Evidence

extension Rule {
    package static var net003: Rule {
        Rule(
            code: "NET003", title: "TCP bytes missing from the capture", severity: .warning,
            meaning: "Bytes of a TCP stream are missing from the capture although later ones are present.",
            consequence: "A SIP message in the gap is lost or truncated: dialogs may lack their metadata or their end.",
            cause: "The capture dropped packets, truncated them, or sees only one of several paths. TCP itself would have retransmitted network losses.",
            action: "Reading continues after the gap; the number of missing bytes is known to the next layer.",
            remedy: "Check the capture for drops; capture closer to one of the endpoints.",
            reference: "RFC 9293 section 3.4")
    }
}
