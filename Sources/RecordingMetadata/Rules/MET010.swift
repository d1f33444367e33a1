package import Evidence

extension Rule {
    /// Metadata elements out of schema order.
    package static var met010: Rule {
        Rule(
            code: "MET010", title: "Metadata elements out of schema order", severity: .warning,
            meaning: "The children of the recording element do not follow the order of the schema.",
            consequence: "None for siprecap; a recorder that validates against the schema may refuse the document.",
            cause: "Very common: elements are written participant by participant.",
            action: "siprecap reads elements in any order.",
            remedy: """
                Order them: datamode, group, session, participant, stream, sessionrecordingassoc, participantsessionassoc, participantstreamassoc.
                """,
            reference: "RFC 7865 section 9")
    }
}
