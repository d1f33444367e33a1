package import Evidence

extension Rule {
    package static var srt024: Rule {
        Rule(
            code: "SRT024", title: "Recording session under a key of the call", severity: .error, concernsContent: false,
            meaning:
                "The recording session has an SRTP key that the call uses too, for packets that are not the call's: the client decrypted and "
                + "encrypted again under the same key.",
            consequence: "Whoever knows the key of the call can read and forge the recording, and the other way round.",
            cause: "A recording client that copies the a=crypto line of the call into its offer.",
            action: "Packets that authenticate are opened; the key itself is never shown.",
            remedy: "Let the client choose a new key for the recording session. Only packets that are passed on unchanged may keep theirs.",
            reference: "RFC 7866 section 12.2")
    }
}
