package import Evidence

extension Rule {
    /// Recording cut off by the capture.
    package static var mat014: Rule {
        Rule(
            code: "MAT014", title: "Recording cut off by the capture", severity: .info,
            meaning: """
                The capture begins or ends inside this recording: its INVITE was not captured, or its media flows up to the last moment of the capture and \
                nothing ends the dialog. Media without any signalling counts where it stands at the edge of the capture.
                """,
            consequence:
                "What was said before or after is missing, so the recording is incomplete. Names, keys and codecs that were told earlier are missing too.",
            cause: "The capture was started or stopped during the call, or the neighbouring file of a rotated capture was not given.",
            action: "siprecap builds the recording from what there is and makes nothing up.",
            remedy: "Add the earlier or later capture file as another input; start captures before the calls.",
            reference: "RFC 3261 section 12; RFC 7866 section 9.1")
    }
}
