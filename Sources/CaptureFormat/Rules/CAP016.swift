package import Evidence

extension Rule {
    package static var cap016: Rule {
        Rule(
            code: "CAP016", title: "Times that can not be", severity: .warning,
            meaning: "A record's fraction of a second is larger than a second.",
            consequence: "The order of this packet among others, and its place on the wall clock, are doubtful.",
            cause: "The file header promises microseconds and the records hold nanoseconds, or the record is damaged.",
            action: "The record is read with the time that its numbers add up to.",
            remedy: "Compare with the capturing host's own log; rewrite the file with the right precision.",
            reference: "draft-ietf-opsawg-pcap section 5")
    }
}
