package import Evidence

extension Rule {
    /// A stream stops for a while and nothing says why.
    package static var ply007: Rule {
        Rule(
            code: "PLY007", title: "Silence that nothing explains", severity: .warning,
            meaning:
                "A stream that was negotiated and active has no packet for two seconds or more, without hold, pause, lost sequence numbers or discontinuous transmission that would explain it.",
            consequence: "The span is silence in the audio. Whether something was said then can not be told from the packets.",
            cause:
                "The sender stopped without signalling it (mute, transfer in progress, a media server restarting), the path changed away from the capture point, or the capture lost the end of the stream.",
            action: "Listed as a gap with cause unknown; the recording is marked incomplete.",
            remedy: "Compare with a capture nearer to the sender, or with the communication session, for the same span.",
            reference: "RFC 3550 section 6.2; RFC 7866 section 7.1.1")
    }
}
