package import Evidence

extension Rule {
    /// The capture begins inside a message that carried metadata.
    package static var dlg030: Rule {
        Rule(
            code: "DLG030", title: "Capture begins inside a message with metadata", severity: .info,
            meaning:
                "A SIP connection was captured from the middle of a message on. The bytes before the first whole message are the end of a metadata document; "
                + "its start line, session description and the beginning of the document are missing.",
            consequence: "The dialog is a recording session, but nothing names its participants: files are named after labels.",
            cause: "The capture began while the recording client sent its INVITE, or lost the first segments of the connection.",
            action: "The dialog is taken for a recording session. Rules on metadata and on the offer are not applied to what the capture lacks.",
            remedy: "Add the capture file before this one, or start capturing before the call.",
            reference: "RFC 7866 section 9.1; RFC 3261 section 18.3")
    }
}
