package import Evidence

extension Rule {
    package static var cap040: Rule {
        Rule(
            code: "CAP040", title: "Frames shorter than their IP length", severity: .warning,
            meaning: "Frames hold fewer bytes than their IP or UDP header announces, although captured and original length are equal: no snap length cut them.",
            consequence: "Media packets lose the end of their payload, a few milliseconds of sound each.",
            cause:
                "A capture driver or mirror port that counts a tag, checksum or tunnel header wrongly, a tool that sliced packets and rewrote their lengths, "
                + "or damage on the way to the capture point.",
            action: "The bytes that are there are used; the rest of each packet's time is a gap with cause capture-drop.",
            remedy: "Compare with a capture taken at the host itself, and update the capture driver; disable VLAN and checksum offloading on the probe.",
            reference: "RFC 791 section 3.1; RFC 768; draft-ietf-opsawg-pcap section 5")
    }
}
