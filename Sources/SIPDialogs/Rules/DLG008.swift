package import Evidence

extension Rule {
    /// Metadata in clear text.
    package static var dlg008: Rule {
        Rule(
            code: "DLG008", title: "Metadata in clear text", severity: .info,
            meaning: "Recording metadata was carried over an unprotected transport.",
            consequence: "Names and addresses of the participants can be read by anybody on the path.",
            cause: "SIP over UDP or TCP between recording client and server.",
            action: "The metadata is used; nothing else follows for the recording.",
            remedy: "Use SIP over TLS between recording client and server.",
            reference: "RFC 7866 section 12.3")
    }
}
