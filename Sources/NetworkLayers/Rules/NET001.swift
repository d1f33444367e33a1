package import Evidence

extension Rule {
    package static var net001: Rule {
        Rule(
            code: "NET001", title: "Incomplete IP fragments", severity: .warning,
            meaning: "Some fragments of an IP datagram are missing from the capture, so the datagram could not be reassembled.",
            consequence: "A SIP message over UDP with a large body, such as recording metadata, is lost completely; so is a fragmented media packet.",
            cause: """
                Packet loss, a capture filter on ports (only the first fragment has ports), a snap length, or a capture point that sees one of several \
                paths.
                """,
            action: "The fragments are not used; nothing is assumed for the missing part.",
            remedy: "Capture with a filter that keeps fragments, for example 'udp port 5060 or (ip[6:2] & 0x1fff != 0)', or send SIP over TCP.",
            reference: "RFC 791 section 3.2; RFC 8200 section 4.5")
    }
}
