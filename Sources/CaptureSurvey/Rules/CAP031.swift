package import Evidence

extension Rule {
    package static var cap031: Rule {
        Rule(
            code: "CAP031", title: "Clocks of captures differ", severity: .warning,
            meaning: "Packets that appear in two captures have different times: the clocks of the capturing hosts differ.",
            consequence: "Packets that only one of the captures holds are placed at the wrong time relative to the other, and cannot fill the other's gaps.",
            cause: "The probes are not synchronised by NTP or PTP, or local time on one host was taken for UTC.",
            action:
                "The median difference is reported with the number of packets compared; times are left as captured. The difference includes the travel "
                + "time between the two capture points.",
            remedy: "Run again with the --clock-offset that the finding gives, and synchronise the probes.",
            reference: "RFC 5905")
    }
}
