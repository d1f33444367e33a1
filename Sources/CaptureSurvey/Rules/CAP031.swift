package import Evidence

extension Rule {
    package static var cap031: Rule {
        Rule(
            code: "CAP031", title: "Clocks of captures differ", severity: .warning,
            meaning: "Packets that two captures both hold bear different times: the clocks of the capturing hosts are apart.",
            consequence: "What only one of the captures holds stands at the wrong time beside what the other holds, and can not fill the other's gaps.",
            cause: "The probes are not synchronised by NTP or PTP, or one host's time zone was taken for universal time.",
            action: "The median difference is reported with the number of packets compared; times are left as captured. Travel time between the two "
                + "places is part of the difference and can not be told from it.",
            remedy: "Run again with the --clock-offset that the finding names, and synchronise the probes.",
            reference: "RFC 5905")
    }
}
