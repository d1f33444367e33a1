package import Evidence

extension Rule {
    /// `--conceal plc` put sound where there was none.
    package static var ply008: Rule {
        Rule(
            code: "PLY008", title: "Lost sound made up by the decoder", severity: .info,
            meaning: "Packets were lost, and --conceal plc asked the decoder to fill the hole with what it guesses from the sound before.",
            consequence: "For up to 120 ms of each such gap the audio holds sound that nobody sent. It is no evidence of anything said.",
            cause: "The option was given. By default lost sound is digital silence.",
            action: "Every such gap is listed with its cause and, as concealed, the seconds from its start on that were made up.",
            remedy: "Leave the option out where the recording is to hold only what was sent.",
            reference: "RFC 6716 section 4.4; ITU-T G.729 section 4.4")
    }
}
