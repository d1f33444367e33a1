package import Evidence

extension Rule {
    package static var cap003: Rule {
        Rule(
            code: "CAP003", title: "Packets cut by the snap length", severity: .warning,
            meaning: "Frames were longer on the wire than in the file: the capture kept only their first octets.",
            consequence: """
                Media packets lose the end of their payload and are not decoded from what is not there; long SIP messages lose their body, and with it the \
                metadata.
                """,
            cause: "The capture was started with a snap length, for example tcpdump -s 96, or a probe slices packets to save space.",
            action: "What was captured is used; the missing octets count as lost.",
            remedy: "Capture with the whole packet length: tcpdump -s 0.",
            reference: "draft-ietf-opsawg-pcap section 5; draft-ietf-opsawg-pcapng section 4.3")
    }
}
