package import Evidence

extension Rule {
    /// Metadata sent in clear text.
    package static var dlg008: Rule {
        Rule(
            code: "DLG008", title: "Metadata sent in clear text", severity: .info,
            meaning: "Recording metadata was carried over an unprotected transport.",
            consequence: "Anybody on the path can read the names and addresses of the participants.",
            cause: "SIP over UDP or TCP between recording client and server.",
            action: "The metadata is used; the recording is not affected.",
            remedy: "Use SIP over TLS between recording client and server.",
            reference: "RFC 7866 section 12.3")
    }
}
