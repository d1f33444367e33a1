package import Evidence

extension Rule {
    package static var rtp003: Rule {
        Rule(
            code: "RTP003", title: "SSRC changed during the stream", severity: .info,
            meaning: "The synchronisation source (SSRC) of a media stream was replaced by another on the same path.",
            consequence:
                "Sequence numbers, timestamps and rollover counter restart, so the length of the silence between the two is known only from arrival times.",
            cause:
                "A transfer, hold music, a media server taking over, or a sender that restarted after a re-INVITE. RFC 7866 allows it and requires CNAME "
                + "to link the two.",
            action: "Both sources are placed on the timeline of the recorded stream; the transition is placed by capture time.",
            remedy: "None needed if signalling explains it. An unexplained change indicates a second sender on the same port.",
            reference: "RFC 3550 section 8.2, RFC 7866 section 8.1.3")
    }
}
