package import Evidence

extension Rule {
    package static var srt021: Rule {
        Rule(
            code: "SRT021", title: "Payload appears encrypted, but no signalling says so", severity: .error,
            meaning:
                "The packets do not match their payload type: PCM audio whose bytes are distributed like ciphertext, packets that are longer than the "
                + "codec's by the length of an authentication tag, Opus whose duration contradicts its timestamps, or a DTLS-SRTP handshake on the same "
                + "path. The finding says which.",
            consequence: "The stream is treated as encrypted without a key: its time is a gap with cause `no-key`, and no noise is written as speech.",
            cause: "SRTP whose signalling is not in the capture, or a border element that rewrote the signalling to plain RTP.",
            action: "The recording lists the reasons and their confidence. Keys from key files and other dialogs were tried and do not decrypt it.",
            remedy: "Supply the signalling, a key log or a key file; if the payload uses another codec than its type says, specify it with --decode-as.",
            reference: "RFC 3711 section 3.1, RFC 5764 section 5.1.2")
    }
}
