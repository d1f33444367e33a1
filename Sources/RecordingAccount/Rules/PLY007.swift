package import Evidence

extension Rule {
    /// A stream stops for a while and nothing says why.
    package static var ply007: Rule {
        Rule(
            code: "PLY007", title: "Unexplained silence", severity: .warning,
            meaning:
                "A negotiated, active stream has no packet for two seconds or more, and no hold, pause, lost sequence numbers or discontinuous "
                + "transmission explains it.",
            consequence: "The span is silent in the audio. The packets do not show whether something was said then.",
            cause:
                "The sender stopped without signalling it (mute, transfer in progress, restart of a media server), the path moved away from the capture "
                + "point, or the capture missed the end of the stream.",
            action: "Listed as a gap with cause unknown; the recording is marked incomplete.",
            remedy: "Compare the same span with a capture closer to the sender, or with the communication session.",
            reference: "RFC 3550 section 6.2; RFC 7866 section 7.1.1")
    }
}
