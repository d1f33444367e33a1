package import Evidence

extension Rule {
    /// The output could not be written.
    package static var out001: Rule {
        Rule(
            code: "OUT001", title: "Output could not be written", severity: .error,
            meaning: "The operating system refused to create or write a file of this recording.",
            consequence: "The recording is missing from the output folder, although it may be whole in the captures.",
            cause: "The disk is full, a quota is reached, the folder is not writable, or a file would grow beyond what its format can hold.",
            action: "The half-written files of this recording are removed, and the other recordings go on.",
            remedy: "Make room or choose another output folder, and run again: recordings that were written are replaced by the same octets.",
            reference: "siprecap output folder")
    }
}
