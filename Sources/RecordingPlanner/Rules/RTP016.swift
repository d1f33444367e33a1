package import Evidence

extension Rule {
    package static var rtp016: Rule {
        Rule(
            code: "RTP016", title: "Forwarded SSRC carries other voices", severity: .error, concernsContent: false,
            meaning:
                "The recording session carries the SSRC of one party of the call, as a translator does, but the stream contains more than that party's "
                + "media: the metadata lists several senders, or the stream has packets of another source of the call.",
            consequence: "Loss statistics and reports describe the wrong source, and the mixed voices are attributed to one person.",
            cause: "A client that mixes and keeps the SSRC of the first party instead of choosing its own.",
            action: "The stream is recorded as it is, for all participants listed in the metadata.",
            remedy: "A client that mixes is a source of its own: it should choose its own SSRC and list the others as contributors.",
            reference: "RFC 7866 section 8.2.1.1")
    }
}
