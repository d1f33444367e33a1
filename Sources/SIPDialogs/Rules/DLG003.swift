package import Evidence

extension Rule {
    /// Dialog does not end in the capture.
    package static var dlg003: Rule {
        Rule(
            code: "DLG003", title: "Dialog does not end in the capture", severity: .info,
            meaning: "The dialog was confirmed, but neither a BYE nor a failure ends it in the capture.",
            consequence: "The recording ends with its last packet, which may not be the end of the conversation.",
            cause: "The capture stopped early, the BYE was lost, or one side failed.",
            action: "The end is left open; media is used as long as there is any.",
            remedy: "Capture until the session is over, or check session timers if the peer vanished.",
            reference: "RFC 3261 section 15")
    }
}
