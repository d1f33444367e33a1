package import Evidence

extension Rule {
    /// Metadata elements out of schema order.
    package static var met010: Rule {
        Rule(
            code: "MET010", title: "Metadata elements out of schema order", severity: .warning,
            meaning: "The children of the recording element are not in the order of the schema.",
            consequence: "None for siprecap; a recorder that validates against the schema may reject the document.",
            cause: "Very common: elements are written participant by participant.",
            action: "Elements are read in any order.",
            remedy:
                "Order the elements: datamode, group, session, participant, stream, sessionrecordingassoc, participantsessionassoc, participantstreamassoc.",
            reference: "RFC 7865 section 9")
    }
}
