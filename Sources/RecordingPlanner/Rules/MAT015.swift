package import Evidence

extension Rule {
    package static var mat015: Rule {
        Rule(
            code: "MAT015", title: "Participants of the recording may be exchanged", severity: .error,
            meaning:
                "The call is in the capture beside its recording session, and one party's media of the call is what the recording session "
                + "delivers as another participant's: by source number and numbering, or by equal payloads.",
            consequence: "The files may be named after the wrong people: who said what is the other way round.",
            cause: "A recording client that mixes up its two sides, or metadata whose labels or send elements are exchanged.",
            action: "The names of the metadata are kept; nothing is exchanged on suspicion.",
            remedy: "Compare the labels of the metadata with the media lines of the offer, and listen to both files.",
            reference: "RFC 7865 sections 6.5 and 6.7")
    }
}
