package import Evidence

extension Rule {
    package static var rtp015: Rule {
        Rule(
            code: "RTP015", title: "RTCP sender reports not forwarded", severity: .error, concernsContent: false,
            meaning:
                "The recording session carries the SSRC of the call unchanged, so its client is a translator. The source sends RTCP sender reports in "
                + "the call, but none arrives in the recording session.",
            consequence: "The recorder cannot align this stream with others by the sender's clock.",
            cause: "A client that forks media packets but not RTCP, for example a media proxy whose fork copies one port only.",
            action: "Streams are aligned by arrival, or by the reports of the call if the capture contains it.",
            remedy: "Forward RTCP with the media.",
            reference: "RFC 7866 section 8.2.1")
    }
}
