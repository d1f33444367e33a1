package import Evidence

extension Rule {
    /// A name of `--channels` that fits no audio of a recording.
    package static var out004: Rule {
        Rule(
            code: "OUT004", title: "Channel of the mix names nobody", severity: .info,
            meaning: "An entry of --channels is neither a label nor a participant's id, address or name in this recording.",
            consequence: "The channels of the mix are those of the entries that fit, then of everybody else; the sidecar's channelMap says who is where.",
            cause: "The label is written in another way than in the session description, or the recording has no media of that participant.",
            action: "The entry is passed over for this recording.",
            remedy: "Take labels and addresses from siprecap inspect, or from recording.json.",
            reference: "siprecap output folder")
    }
}
