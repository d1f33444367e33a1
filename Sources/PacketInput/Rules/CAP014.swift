package import Evidence

extension Rule {
    package static var cap014: Rule {
        Rule(
            code: "CAP014", title: "Filter does not fit a link type", severity: .warning,
            meaning: "The filter expression can not be compiled for the link type of some frames, for example an Ethernet address on raw IP.",
            consequence: "No frame of that link type passes the filter, so calls that are seen there only are missing.",
            cause: "The inputs hold several link types, and the expression names something that only some of them have.",
            action: "Frames of that link type are counted and left out.",
            remedy: "Use an expression of addresses and ports, which fits every link type.",
            reference: "pcap-filter(7)")
    }
}
