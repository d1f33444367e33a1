package import Evidence

extension Rule {
    package static var cap018: Rule {
        Rule(
            code: "CAP018", title: "The capture's clock was set", severity: .warning,
            meaning:
                "All streams of the capture jump in time between the same two frames and by the same amount, while their sequence numbers and timestamps "
                + "go on: the clock of the capturing host was set.",
            consequence:
                "The times of all later frames are put right by as much, so that no recording has a hole or an overlap there. They still belong to the clock "
                + "as it was before the step, which need not be the right one.",
            cause: "NTP or an administrator set the clock while the capture ran, or a virtual machine was paused and went on.",
            action: "siprecap compares the jumps of all streams, and corrects only where those that were live agree.",
            remedy: "Discipline the clock by slewing, and start it before the capture.",
            reference: "RFC 5905 section 11.3")
    }
}
