package import Evidence

extension Rule {
    package static var cap008: Rule {
        Rule(
            code: "CAP008", title: "Frames without a time", severity: .warning,
            meaning: "The capture holds Simple Packet Blocks, which carry no timestamp at all.",
            consequence: "When these packets were seen is not known: their media has no place on the wall clock and can not be aligned with others by time.",
            cause: "A probe was told to write the smallest possible blocks.",
            action: "The frames are read with the time 1970-01-01T00:00:00Z, which stands for none.",
            remedy: "Have the probe write Enhanced Packet Blocks.",
            reference: "draft-ietf-opsawg-pcapng section 4.4")
    }
}
