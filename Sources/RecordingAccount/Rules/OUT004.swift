package import Evidence

extension Rule {
    /// A name of `--channels` that fits no audio of a recording.
    package static var out004: Rule {
        Rule(
            code: "OUT004", title: "--channels entry matches no participant", severity: .info,
            meaning: "An entry of --channels is neither a label nor a participant's id, address or name in this recording.",
            consequence: "The channels of the mix follow the matching entries, then everybody else; channelMap in the sidecar says who is where.",
            cause: "The label is spelled differently in the session description, or the recording has no media of that participant.",
            action: "The entry is ignored for this recording.",
            remedy: "Take labels and addresses from siprecap inspect, or from recording.json.",
            reference: "siprecap output folder")
    }
}
