package import Evidence

extension Rule {
    /// Media that only addresses and time tie to a dialog.
    package static var mat011: Rule {
        Rule(
            code: "MAT011", title: "Media matched to a dialog by host and time only", severity: .warning,
            meaning:
                "A dialog in the capture has no readable session description, but media flows between the two hosts of that dialog while it lasts. No "
                + "other dialog fits.",
            consequence: "The media is assigned to that dialog. RTCP names are the only evidence for which stream belongs to whom.",
            cause: "The snap length truncated the messages before their bodies, or the packets with the bodies were lost.",
            action: "The media became part of the dialog's recording; participants are named by their RTCP canonical names if each stream has its own.",
            remedy: "Capture with a larger snap length (tcpdump -s 0), so that session descriptions and metadata are complete.",
            reference: "RFC 3550 section 6.5.1")
    }
}
