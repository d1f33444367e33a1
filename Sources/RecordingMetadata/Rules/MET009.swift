package import Evidence

extension Rule {
    /// Metadata time that is not RFC 3339 with zone.
    package static var met009: Rule {
        Rule(
            code: "MET009", title: "Metadata time that is not RFC 3339 with zone", severity: .error, concernsContent: false,
            meaning: "A time element cannot be read as RFC 3339, or has no time zone, a zone without colon, or lower-case letters.",
            consequence: "Without a zone the moment is ambiguous by up to 14 hours on each side.",
            cause: "Recording clients that print their local clock; devices without clock synchronization also send times of 1970.",
            action: """
                siprecap places every change on the clock of the capture. A time without zone is only related to it when an offset of whole \
                quarter hours brings it within 120 seconds of the packet.
                """,
            remedy: "Send times in UTC with a capital Z.",
            reference: "RFC 7865 section 6.9, RFC 3339 section 5.6")
    }
}
