package import Evidence

extension Rule {
    /// Metadata time is not RFC 3339 with a time zone.
    package static var met009: Rule {
        Rule(
            code: "MET009", title: "Metadata time is not RFC 3339 with a time zone", severity: .error, concernsContent: false,
            meaning: "A time element is not valid RFC 3339, or has no time zone, a zone without a colon, or lower-case letters.",
            consequence: "Without a zone the time is ambiguous by up to 14 hours either way.",
            cause: "Recording clients that print their local clock. Devices without clock synchronisation also send times in 1970.",
            action:
                "Every change is placed on the clock of the capture. A time without a zone is related to it only if an offset of whole quarter hours "
                + "brings it within 120 seconds of the packet.",
            remedy: "Send times in UTC with a capital Z.",
            reference: "RFC 7865 section 6.9, RFC 3339 section 5.6")
    }
}
