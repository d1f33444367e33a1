package import Evidence

extension Rule {
    package static var cap014: Rule {
        Rule(
            code: "CAP014", title: "Filter does not compile for a link type", severity: .warning,
            meaning: "The filter expression cannot be compiled for the link type of some frames, for example an Ethernet address on raw IP.",
            consequence: "No frame of that link type passes the filter, so calls that appear only there are missing.",
            cause: "The inputs hold several link types, and the expression uses something that only some of them have.",
            action: "Frames of that link type are counted and excluded.",
            remedy: "Use an expression of addresses and ports, which works on every link type.",
            reference: "pcap-filter(7)")
    }
}
