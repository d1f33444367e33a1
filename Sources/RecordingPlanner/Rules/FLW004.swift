package import Evidence

extension Rule {
    package static var flw004: Rule {
        Rule(
            code: "FLW004", title: "Media sent to another port than asked for", severity: .warning,
            meaning: "Packets go to the host that the description names, but to another port than the one it asks for, and nothing comes back from that port.",
            consequence: "The receiver may not hear them: one-way audio, or nothing in its recording.",
            cause: "A sender that keeps the port of an earlier description, counts ports by itself, or takes one media line for another.",
            action: "The packets are matched by their source, time and payload type, and are heard.",
            remedy: "Compare the port of the last answer with where the packets go; look at how the sender handles re-INVITEs.",
            reference: "RFC 3264 section 5.1, RFC 7866 section 8.1.8")
    }
}
