package import Evidence

extension Rule {
    package static var rtp015: Rule {
        Rule(
            code: "RTP015", title: "Sender reports not forwarded", severity: .error, concernsContent: false,
            meaning:
                "The recording session carries the source of the call unchanged, so its client is a translator. The source sends reports (RTCP "
                + "SR) in the call, and none of them comes in the recording session.",
            consequence: "The recorder can not align this stream with others by the sender's clock.",
            cause: "A client that forks media packets and forgets RTCP, for example a media proxy whose fork copies one port only.",
            action: "Streams are aligned by arrival, or by the reports of the call where it is in the capture.",
            remedy: "Forward RTCP with the media.",
            reference: "RFC 7866 section 8.2.1")
    }
}
