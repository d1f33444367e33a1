package import Evidence

extension Rule {
    /// Metadata time far from the capture.
    package static var met020: Rule {
        Rule(
            code: "MET020", title: "Metadata time far from the capture", severity: .warning,
            meaning: "A time in the metadata is more than a day from the packet that carries it, or has no zone and no zone brings it near.",
            consequence: "The stated time cannot be used: intervals follow the capture, and the stated time is kept beside them.",
            cause: "A recording client without network time (its clock starts in 1970), or one that writes local time of another place.",
            action: "siprecap corrects nothing; sessions list both times.",
            remedy: "Synchronize the clock of the recording client and write times with their zone.",
            reference: "RFC 7865 section 6.9, RFC 3339 section 5.6")
    }
}
