package import Evidence

extension Rule {
    /// Recording session signalled in clear beside a protected call.
    package static var rec043: Rule {
        Rule(
            code: "REC043", title: "Recording session signalled in clear beside a protected call", severity: .error, concernsContent: false,
            meaning: """
                Every message of the communication session was seen inside TLS (or its URIs are sips), and messages of the recording session travel \
                in clear text.
                """,
            consequence: """
                Whoever can read the path to the recorder learns the parties, and the media keys where SDES carries them: the recording undoes the \
                protection of the call.
                """,
            cause: """
                A recorder connected later over UDP or TCP, on a network that was thought safe. Session border controllers have a transport setting \
                for each recorder.
                """,
            action: "Both are read; nothing else follows.",
            remedy: "Set the transport of the recording session to TLS at client and server, and use sips URIs.",
            reference: "RFC 7866 section 12")
    }
}
