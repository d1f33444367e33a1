extension Rule {
    /// A name was changed to be a file name.
    package static let out002 = Rule(
        code: "OUT002", title: "File name replaced", severity: .info,
        meaning: "The name of a participant or stream cannot stand as a file name, or another file of the recording has it already.",
        consequence: "The audio is whole, but the file is not called what people would expect.",
        cause: "Names from signalling may hold slashes, control characters or letters outside ASCII, and two participants may have the same name.",
        action: "Letters lose their accents, everything else becomes a dash, and a number is added where the name is taken.",
        remedy: "Look up the participant's real name in recording.json, which keeps it as it was sent and lists the participant's files.",
        reference: "siprecap output folder")
}
