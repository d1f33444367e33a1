package import Evidence

extension Rule {
    package static var srt017: Rule {
        Rule(
            code: "SRT017", title: "Samples for trying keys not kept", severity: .warning,
            meaning: "The captures hold more flows than there is room for samples on which keys are tried.",
            consequence: "A key file's keys and the rollover counter of late captures may not have been found for some flows.",
            cause: "A capture of very many streams.",
            action: "Keys from the flows' own signalling are used without trial.",
            remedy: "Split the work with --since, --until or --call-id.",
            reference: "RFC 3711 section 3.3.1")
    }
}
