package import Evidence

extension Rule {
    package static var srt001: Rule {
        Rule(
            code: "SRT001", title: "SRTP authentication failed", severity: .error,
            meaning: "The authentication tag of a packet does not verify with any key negotiated for its stream, at any rollover counter tried.",
            consequence:
                "The packet is not decrypted and is missing from the recording. If every packet fails, the key, the suite or the rollover counter is "
                + "wrong; a few failures are damaged or forged packets.",
            cause:
                "Keys of another direction or an older offer, a rekey that was not captured, a capture that starts in the middle of a long call, or a "
                + "snap length that cut off the tag.",
            action: "Nothing of a failing packet is used, neither payload nor counter. Other candidate keys were tried first.",
            remedy:
                "Check that the capture contains the last offer and answer of this stream, or supply its keys; if the counter is known, set `roc` in a key file.",
            reference: "RFC 3711 sections 3.3 and 4.2")
    }
}
