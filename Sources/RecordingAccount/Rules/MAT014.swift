package import Evidence

extension Rule {
    /// Capture starts or ends during the recording.
    package static var mat014: Rule {
        Rule(
            code: "MAT014", title: "Capture starts or ends during the recording", severity: .info,
            meaning:
                "The capture begins or ends inside this recording: its INVITE was not captured, or its media continues up to the end of the capture and "
                + "nothing ends the dialog. Media without signalling counts if it touches the edge of the capture.",
            consequence: "Whatever was said before or after is missing, so the recording is incomplete. Names, keys and codecs sent earlier are missing too.",
            cause: "The capture was started or stopped during the call, or the neighbouring file of a rotated capture was not given.",
            action: "The recording is built from what was captured; nothing is made up.",
            remedy: "Add the earlier or later capture file as another input; start captures before the calls.",
            reference: "RFC 3261 section 12; RFC 7866 section 9.1")
    }
}
