package import Evidence

extension Rule {
    package static var srt024: Rule {
        Rule(
            code: "SRT024", title: "Recording session reuses the SRTP key of the call", severity: .error, concernsContent: false,
            meaning:
                "The recording session uses an SRTP key of the call for different packets: the client decrypted the media and encrypted it again with "
                + "the same key.",
            consequence: "Anybody who knows the key of the call can read and forge the recording, and the reverse.",
            cause: "A recording client that copies the a=crypto line of the call into its offer.",
            action: "Packets that authenticate are decrypted; the key itself is never shown.",
            remedy: "The client should generate a new key for the recording session. Only packets that are forwarded unchanged may keep theirs.",
            reference: "RFC 7866 section 12.2")
    }
}
