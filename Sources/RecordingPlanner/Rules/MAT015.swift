package import Evidence

extension Rule {
    package static var mat015: Rule {
        Rule(
            code: "MAT015", title: "Participants may be swapped", severity: .error,
            meaning:
                "The capture also contains the call, and the media of one party in the call is what the recording session delivers for another "
                + "participant, by SSRC and sequence numbers or by equal payloads.",
            consequence: "The files may be named after the wrong people, so that words are attributed to the wrong party.",
            cause: "A recording client that confuses its two sides, or metadata with swapped labels or send elements.",
            action: "The names in the metadata are kept; nothing is swapped on suspicion.",
            remedy: "Compare the labels in the metadata with the media lines of the offer, and listen to both files.",
            reference: "RFC 7865 sections 6.5 and 6.7")
    }
}
