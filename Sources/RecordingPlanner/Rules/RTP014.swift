package import Evidence

extension Rule {
    package static var rtp014: Rule {
        Rule(
            code: "RTP014", title: "One canonical name for several participants", severity: .info,
            meaning: "Streams of different participants carry one canonical name (CNAME).",
            consequence: "None where labels tell the streams apart. A name that stands for everybody can not help where labels are missing or wrong.",
            cause: "Very common: session border controllers write one name of their own for all streams.",
            action: "Participants are told apart by labels; the name is not used for it.",
            remedy: "Map each canonical name of the call to one of the recording session.",
            reference: "RFC 7866 section 8.3.1")
    }
}
