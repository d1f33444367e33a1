package import Evidence

extension Rule {
    package static var srt017: Rule {
        Rule(
            code: "SRT017", title: "No sample packets kept for trying keys", severity: .warning,
            meaning: "The captures have more flows than the limit for sample packets, on which keys are tried.",
            consequence: "For some flows, a key in a key file or the rollover counter of a late capture may not have been found.",
            cause: "A capture with very many streams.",
            action: "Keys from the flows' own signalling are used without a trial.",
            remedy: "Split the work with --since, --until or --call-id.",
            reference: "RFC 3711 section 3.3.1")
    }
}
