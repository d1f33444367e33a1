package import Evidence

extension Rule {
    /// Media on a stream that was removed.
    package static var rec035: Rule {
        Rule(
            code: "REC035", title: "Media after port 0", severity: .warning,
            meaning: "Packets continue after a session description set the stream's port to 0.",
            consequence: "The receiver has closed the port: the packets are in the capture but not in its recording.",
            cause: "Clients that remove a stream in the signalling but not in the media.",
            action: "The packets are kept with the stream they belonged to.",
            remedy: "Stop sending before the port is set to 0.",
            reference: "RFC 7866 section 7.1.1.1; RFC 3264 section 8.2")
    }
}
