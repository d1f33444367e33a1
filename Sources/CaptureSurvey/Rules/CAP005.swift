package import Evidence

extension Rule {
    package static var cap005: Rule {
        Rule(
            code: "CAP005", title: "Capture reports dropped packets", severity: .warning,
            meaning: "The capturing host reports that it could not keep up and dropped packets.",
            consequence: "Gaps in recordings and missing SIP messages may come from the capture and not from the network: the call itself may have been fine.",
            cause: "The capture buffer was too small, the disk too slow or the machine too busy.",
            action: "The number is reported; nothing is invented for the missing packets.",
            remedy: "Use a larger capture buffer (tcpdump -B), a capture filter or a faster disk.",
            reference: "draft-ietf-opsawg-pcapng section 4.6")
    }
}
