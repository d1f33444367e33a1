package import Evidence

extension Rule {
    package static var rtp016: Rule {
        Rule(
            code: "RTP016", title: "Forwarded source carries other voices", severity: .error, concernsContent: false,
            meaning:
                "The recording session carries the source number of one party of the call, as a translator does, but what is in the stream is "
                + "not that party's media alone: metadata name several senders for it, or it has packets of another source of the call.",
            consequence: "Loss statistics and reports speak of a source that this is not, and the mixed voices pass for one person's.",
            cause: "A client that mixes and keeps the number of the first party instead of choosing its own.",
            action: "The stream is recorded as it comes, for all participants whom the metadata name.",
            remedy: "A client that mixes is a source of its own: let it choose its own SSRC and list the others as contributors.",
            reference: "RFC 7866 section 8.2.1.1")
    }
}
