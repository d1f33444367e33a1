package import Evidence

extension Rule {
    /// Profile without feedback.
    package static var rec053: Rule {
        Rule(
            code: "REC053", title: "Profile without feedback", severity: .info,
            meaning: """
                A media line of the recording client has profile RTP/AVP or RTP/SAVP. RFC 7866 recommends RTP/AVPF and RTP/SAVPF, and asks everybody \
                to cope with the others.
                """,
            consequence: "None for audio. For video the recorder can only ask for a full picture by SIP INFO, so the picture may stay broken for long.",
            cause: "Ordinary: nearly all recording clients offer RTP/AVP.",
            action: "The media is read in the same way.",
            remedy: "Offer RTP/AVPF or RTP/SAVPF for video lines at least.",
            reference: "RFC 7866 section 8.1.2")
    }
}
