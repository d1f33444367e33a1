package import Evidence

extension Rule {
    package static var rtp010: Rule {
        Rule(
            code: "RTP010", title: "Mixed stream without CSRCs", severity: .warning,
            meaning: "The metadata lists several simultaneous senders for this stream, but none of its packets lists a contributing source (CSRC).",
            consequence: "Nothing in the stream shows who speaks when: the voices are in one file without markers.",
            cause: "A recording client that mixes and leaves the CSRC list empty. Most session border controllers do, including those based on BroadWorks.",
            action: "The stream is one file for all its participants; no separation is made up.",
            remedy: "The client should list contributors in its packets, preferably with levels (RFC 6465), or send one stream per participant.",
            reference: "RFC 7866 sections 8.1.4, 8.2.2 and 8.3.2")
    }
}
