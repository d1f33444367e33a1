package import Evidence

extension Rule {
    /// The output could not be written.
    package static var out001: Rule {
        Rule(
            code: "OUT001", title: "Output could not be written", severity: .error,
            meaning: "The operating system refused to create or write a file of this recording.",
            consequence: "The recording is missing from the output folder, although it may be complete in the captures.",
            cause: "The disk is full, a quota is reached, the folder is not writable, or a file would exceed the limit of its format.",
            action: "The partial files of this recording are removed; other recordings continue.",
            remedy: "Free some space or choose another output folder, and run again: existing recordings are replaced by identical ones.",
            reference: "siprecap output folder")
    }
}
