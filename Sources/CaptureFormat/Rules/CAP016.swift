package import Evidence

extension Rule {
    package static var cap016: Rule {
        Rule(
            code: "CAP016", title: "Impossible timestamps", severity: .warning,
            meaning: "The fraction of a second in a record is a second or more.",
            consequence: "The order of this packet and its absolute time are unreliable.",
            cause: "The file header declares microseconds but the records hold nanoseconds, or the record is damaged.",
            action: "The seconds and the fraction are added up.",
            remedy: "Compare with the log of the capturing host; rewrite the file with the correct precision.",
            reference: "draft-ietf-opsawg-pcap section 5")
    }
}
