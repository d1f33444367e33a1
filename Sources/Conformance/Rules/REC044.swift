package import Evidence

extension Rule {
    /// Recording in plain RTP, call protected by SRTP.
    package static var rec044: Rule {
        Rule(
            code: "REC044", title: "Recording in plain RTP, call protected by SRTP", severity: .error, concernsContent: false,
            meaning: "All audio of the communication session was negotiated as SRTP, but a media line of the recording session uses plain RTP.",
            consequence: "Anybody who can capture the copy can listen to it, unlike the call.",
            cause: """
                The client decrypts the call to record it (Oracle, Ribbon and Cisco border elements terminate SRTP on each side), and the recorder's \
                side is configured without SRTP.
                """,
            action: "The media is used as captured.",
            remedy: "Offer RTP/SAVP or RTP/SAVPF with separate keys to the recorder.",
            reference: "RFC 7866 section 12.2")
    }
}
