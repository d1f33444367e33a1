package import Evidence

extension Rule {
    package static var rtp010: Rule {
        Rule(
            code: "RTP010", title: "Mixed stream without contributing sources", severity: .warning,
            meaning:
                "The metadata say that several participants send on this one stream at the same time, and no packet of it lists a contributing source (CSRC).",
            consequence: "Nothing in the stream tells who speaks when: the voices stay in one file without marks.",
            cause: "A recording client that mixes and leaves the CSRC list empty, which most session border controllers do, among them BroadWorks based ones.",
            action: "The stream is one file for all its participants; no separation is made up.",
            remedy: "Let the client list contributors in its packets, best with their levels (RFC 6465), or send one stream for each participant.",
            reference: "RFC 7866 sections 8.1.4, 8.2.2 and 8.3.2")
    }
}
