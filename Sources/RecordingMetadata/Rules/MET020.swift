package import Evidence

extension Rule {
    /// Metadata time is far from the capture time.
    package static var met020: Rule {
        Rule(
            code: "MET020", title: "Metadata time is far from the capture time", severity: .warning,
            meaning: "A time in the metadata is more than a day away from its packet, or has no zone and no zone brings it close.",
            consequence: "The stated time cannot be used: intervals follow the capture, and the stated time is kept as well.",
            cause: "A recording client without network time (its clock starts in 1970), or one that writes the local time of another place.",
            action: "Nothing is corrected; sessions list both times.",
            remedy: "Synchronise the clock of the recording client and write times with a zone.",
            reference: "RFC 7865 section 6.9, RFC 3339 section 5.6")
    }
}
