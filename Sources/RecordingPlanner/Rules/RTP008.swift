package import Evidence

extension Rule {
    package static var rtp008: Rule {
        Rule(
            code: "RTP008", title: "SSRC used by two senders at once", severity: .error,
            meaning: "Two interleaved series of sequence numbers carry the same SSRC on one path, so two senders share one identifier.",
            consequence: "Their packets cannot always be told apart; speech of both may end up in one stream.",
            cause: "A session border controller that bridges two legs without choosing identifiers, a forked call, or a loop.",
            action: "Packets are followed by nearness in sequence and timestamp; what fits neither series is left out and counted.",
            remedy: "Ask the sender's maker to resolve collisions.",
            reference: "RFC 3550 section 8.2, RFC 7866 section 8.3.2")
    }
}
