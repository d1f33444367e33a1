package import Evidence

extension Rule {
    /// Recording client direction is not sendonly.
    package static var sdp106: Rule {
        Rule(
            code: "SDP106", title: "Recording client direction is not sendonly", severity: .warning,
            meaning: "The recording client describes a stream as sendrecv or recvonly, although it only sends.",
            consequence: "A recording server may reject the stream or send media itself.",
            cause: "A missing direction attribute, which means sendrecv.",
            action: "The stream is treated as sent by the recording client.",
            remedy: "Send a=sendonly for each recorded stream and a=inactive while paused.",
            reference: "RFC 7866 section 7.1.1")
    }
}
