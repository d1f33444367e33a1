package import Evidence

extension Rule {
    /// Recorded media in clear beside a protected call.
    package static var rec044: Rule {
        Rule(
            code: "REC044", title: "Recorded media in clear beside a protected call", severity: .error, concernsContent: false,
            meaning: "All audio of the communication session was negotiated as SRTP, and a media line of the recording session has plain RTP.",
            consequence: "The copy can be listened to where the call can not.",
            cause: """
                The client decrypts the call to record it (Oracle, Ribbon and Cisco border elements terminate SRTP on each side), and the recorder's \
                side is configured without SRTP.
                """,
            action: "The media is used as it came.",
            remedy: "Offer RTP/SAVP or RTP/SAVPF with keys of its own to the recorder.",
            reference: "RFC 7866 section 12.2")
    }
}
