package import Evidence

extension Rule {
    /// RTP profile without feedback.
    package static var rec053: Rule {
        Rule(
            code: "REC053", title: "RTP profile without feedback", severity: .info,
            meaning:
                "A media line of the recording client uses RTP/AVP or RTP/SAVP. RFC 7866 recommends RTP/AVPF and RTP/SAVPF, and requires support for the others.",
            consequence: "None for audio. For video, the recorder can request a full picture only by SIP INFO, so the picture may stay broken for a long time.",
            cause: "This is common: nearly all recording clients offer RTP/AVP.",
            action: "The media is read the same way.",
            remedy: "Offer RTP/AVPF or RTP/SAVPF at least for video lines.",
            reference: "RFC 7866 section 8.1.2")
    }
}
