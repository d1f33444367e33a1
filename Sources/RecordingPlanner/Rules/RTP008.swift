package import Evidence

extension Rule {
    package static var rtp008: Rule {
        Rule(
            code: "RTP008", title: "SSRC used by two senders", severity: .error,
            meaning: "Two interleaved series of sequence numbers have the same SSRC on one path, so two senders share one identifier.",
            consequence: "Their packets cannot always be told apart; both voices may end up in one stream.",
            cause: "A session border controller that bridges two legs without choosing new identifiers, a forked call, or a loop.",
            action: "Packets are assigned by proximity in sequence number and timestamp; those that match neither series are left out and counted.",
            remedy: "Ask the vendor of the sender to resolve SSRC collisions.",
            reference: "RFC 3550 section 8.2, RFC 7866 section 8.3.2")
    }
}
