package import Evidence

extension Rule {
    package static var net003: Rule {
        Rule(
            code: "NET003", title: "TCP octets missing from the capture", severity: .warning,
            meaning: "Octets of a TCP stream are not in the capture although later ones are.",
            consequence: "A SIP message that was in the gap is lost or cut: dialogs may lack their metadata or their end.",
            cause: """
                The capture lost packets, cut them by snap length, or sees only one of several paths. TCP itself had resent what the network lost.
                """,
            action: "Reading goes on after the gap, and the reader of the stream is told how many octets are missing.",
            remedy: "Check the capture for drops; capture closer to one of the endpoints.",
            reference: "RFC 9293 section 3.4")
    }
}
