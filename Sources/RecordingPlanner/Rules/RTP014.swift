package import Evidence

extension Rule {
    package static var rtp014: Rule {
        Rule(
            code: "RTP014", title: "Same CNAME for several participants", severity: .info,
            meaning: "Streams of different participants have the same canonical name (CNAME).",
            consequence: "None if labels tell the streams apart. A shared name does not help if labels are missing or wrong.",
            cause: "Very common: session border controllers write one name for all streams.",
            action: "Participants are told apart by labels; the name is not used.",
            remedy: "Map each canonical name of the call to a separate one in the recording session.",
            reference: "RFC 7866 section 8.3.1")
    }
}
