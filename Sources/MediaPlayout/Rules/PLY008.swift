package import Evidence

extension Rule {
    /// `--conceal plc` put sound where there was none.
    package static var ply008: Rule {
        Rule(
            code: "PLY008", title: "Lost audio concealed by the decoder", severity: .info,
            meaning: "Packets were lost, and --conceal plc made the decoder fill the gap with an estimate from the preceding audio.",
            consequence: "For up to 120 ms of each such gap the audio contains sound that nobody sent. It is not evidence of anything said.",
            cause: "The option was given. By default lost audio is digital silence.",
            action: "Every such gap is listed with its cause and, as concealed, the number of seconds from its start that were made up.",
            remedy: "Leave out the option if the recording must contain only what was sent.",
            reference: "RFC 6716 section 4.4; ITU-T G.729 section 4.4")
    }
}
