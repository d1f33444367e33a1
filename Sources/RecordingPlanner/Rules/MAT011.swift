package import Evidence

extension Rule {
    /// Media that only addresses and time tie to a dialog.
    package static var mat011: Rule {
        Rule(
            code: "MAT011", title: "Media matched to a dialog by hosts and time only", severity: .warning,
            meaning: """
                A dialog in the capture has no session description that could be read, and media flows between the very two hosts of that dialog while \
                it lasts. No other dialog fits.
                """,
            consequence: "The media is taken for that dialog's. Which stream belongs to whom is known only as far as RTCP names the sources.",
            cause: "The snap length cut the messages before their bodies, or the packets with the bodies were lost.",
            action: "The media became part of the dialog's recording; participants are named by the canonical names of RTCP where each stream has its own.",
            remedy: "Capture with a larger snap length (tcpdump -s 0), so that session descriptions and metadata are whole.",
            reference: "RFC 3550 section 6.5.1")
    }
}
