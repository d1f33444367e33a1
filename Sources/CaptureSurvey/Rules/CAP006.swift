package import Evidence

extension Rule {
    package static var cap006: Rule {
        Rule(
            code: "CAP006", title: "Capture timestamps go backwards", severity: .info,
            meaning: "The timestamp of a frame is more than one second earlier than that of a previous frame in the same file.",
            consequence:
                "Media is placed by RTP timestamp, so audio is rarely affected, but the order of signalling and the absolute time of a recording are "
                + "less certain.",
            cause: "The clock of the capturing host was set during the capture, files were joined without sorting, or several interfaces use different clocks.",
            action: "Frames are used in file order with their own timestamps.",
            remedy: "Sort with reordercap or merge with mergecap, and keep the clock of the capturing host synchronised.",
            reference: "draft-ietf-opsawg-pcap section 5")
    }
}
