package import Evidence

extension Rule {
    /// Recording session in clear text, call protected by TLS.
    package static var rec043: Rule {
        Rule(
            code: "REC043", title: "Recording session in clear text, call protected by TLS", severity: .error, concernsContent: false,
            meaning:
                "All messages of the communication session were sent over TLS (or its URIs are sips), but messages of the recording session are in clear text.",
            consequence:
                "Anybody on the path to the recorder can read the parties, and the media keys if SDES carries them: the recording undoes the protection "
                + "of the call.",
            cause:
                "A recorder connected later over UDP or TCP, on a network considered safe. Session border controllers have a transport setting per recorder.",
            action: "Both are read; nothing else follows.",
            remedy: "Set the transport of the recording session to TLS at client and server, and use sips URIs.",
            reference: "RFC 7866 section 12")
    }
}
