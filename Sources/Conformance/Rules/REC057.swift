package import Evidence

extension Rule {
    /// Recording session does not reflect the end of the call.
    package static var rec057: Rule {
        Rule(
            code: "REC057", title: "Recording session does not reflect the end of the call", severity: .warning,
            meaning:
                "The communication session ended with BYE. Five seconds later the recording session was still up, and its metadata had no stop-time, no "
                + "disassociate-time and no snapshot without that session.",
            consequence: "The recording seems longer than the conversation, and later media may be assigned to the wrong one.",
            cause: "The client looks only at the media, or its BYE to the recorder was lost.",
            action: "The recording ends with the last packet.",
            remedy: "End the recording session, or send metadata with the stop-time of the communication session.",
            reference: "RFC 7866 section 9.1; RFC 8068 section 3.2.4")
    }
}
