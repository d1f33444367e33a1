package import Evidence

extension Rule {
    package static var cap003: Rule {
        Rule(
            code: "CAP003", title: "Packets truncated by the snap length", severity: .warning,
            meaning: "Frames were longer on the wire than in the file: the capture kept only their first bytes.",
            consequence: "Media packets lose the end of their payload, which is not decoded. Long SIP messages lose their body, and with it the metadata.",
            cause: "The capture was started with a snap length, for example tcpdump -s 96, or a probe slices packets to save space.",
            action: "The captured part is used; the missing bytes count as lost.",
            remedy: "Capture complete packets: tcpdump -s 0.",
            reference: "draft-ietf-opsawg-pcap section 5; draft-ietf-opsawg-pcapng section 4.3")
    }
}
