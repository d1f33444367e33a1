package import Evidence

extension Rule {
    package static var cap008: Rule {
        Rule(
            code: "CAP008", title: "Frames without a timestamp", severity: .warning,
            meaning: "The capture holds Simple Packet Blocks, which have no timestamp.",
            consequence: "The time of these packets is unknown: their media cannot be placed in absolute time or aligned with other media.",
            cause: "A probe was configured to write the smallest possible blocks.",
            action: "The frames get the time 1970-01-01T00:00:00Z, which means none.",
            remedy: "Configure the probe to write Enhanced Packet Blocks.",
            reference: "draft-ietf-opsawg-pcapng section 4.4")
    }
}
