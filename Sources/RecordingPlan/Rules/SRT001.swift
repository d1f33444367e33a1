package import Evidence

extension Rule {
    package static var srt001: Rule {
        Rule(
            code: "SRT001", title: "SRTP authentication failed", severity: .error,
            meaning:
                "The authentication tag of a packet does not verify with any key that was negotiated for its stream, at any rollover counter that was "
                + "tried.",
            consequence:
                "The packet is not opened and is missing from the recording. When every packet fails, the key, the suite or the rollover counter is "
                + "wrong; a few failures are damaged or forged packets.",
            cause:
                "Keys of another direction or an older offer, a rekey that the capture does not hold, a capture that starts in the middle of a long call, "
                + "or a snap length that cut the tag off.",
            action: "Nothing of a failing packet is used: no octet of payload and no counter. Other candidate keys were tried first.",
            remedy:
                "Check that the capture holds the last offer and answer of this stream, or supply its keys; for a capture from the middle of a call let "
                + "the rollover counter be searched.",
            reference: "RFC 3711 sections 3.3 and 4.2")
    }
}
