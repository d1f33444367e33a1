package import Evidence

extension Rule {
    /// Media on a paused stream.
    package static var rec052: Rule {
        Rule(
            code: "REC052", title: "Media on a paused stream", severity: .warning,
            meaning:
                "The stream was made inactive, but packets arrived for more than half a second, starting one second after the change. Single packets "
                + "that keep an address binding open do not count.",
            consequence: "Content that should not be recorded, often card data, is in the capture and may be in the recorder's file.",
            cause: "The client changes the session description but not its media fork, or it pauses by masking and continues to send silence.",
            action: "The span is left out as a pause unless --include-paused is given.",
            remedy: "Stop the fork when the answer with a=inactive arrives.",
            reference: "RFC 7866 section 7.1.1.1; RFC 3264 section 6.1")
    }
}
