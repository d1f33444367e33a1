package import Evidence

extension Rule {
    package static var cap006: Rule {
        Rule(
            code: "CAP006", title: "Capture time goes backwards", severity: .info,
            meaning: "A frame carries a time that is more than one second earlier than that of a frame before it in the same file.",
            consequence: """
                Media is placed by RTP timestamp, so audio is rarely hurt, but the order of signalling and the wall clock of a recording are less certain.
                """,
            cause: """
                The clock of the capturing host was set during the capture, files were joined without sorting, or several interfaces keep different time.
                """,
            action: "Frames are taken in file order with the time they carry.",
            remedy: "Sort with reordercap, or merge with mergecap, and keep the capturing host's clock disciplined.",
            reference: "draft-ietf-opsawg-pcap section 5")
    }
}
