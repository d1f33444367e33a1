package import Evidence

extension Rule {
    package static var srt021: Rule {
        Rule(
            code: "SRT021", title: "Payload looks encrypted although nothing says so", severity: .error,
            meaning:
                "The packets are not what their payload type makes of them: sampled sound whose octets are spread like those of a cipher, packets that are "
                + "longer than their codec by the length of an authentication tag, Opus that does not last as long as its timestamps, or a DTLS-SRTP "
                + "handshake on the same path. The finding names which.",
            consequence: "The stream is treated as encrypted and without a key: its time is a gap with cause `no-key`, and no noise is written as speech.",
            cause: "SRTP whose signalling is not in the capture, or signalling that a border element rewrote to plain RTP.",
            action: "The reasons and how sure they are stand in the recording. Keys of the key files and of other dialogs were tried and open nothing.",
            remedy: "Supply the signalling, a key log or a key file; with --decode-as name the codec if the payload is of another one than its type says.",
            reference: "RFC 3711 section 3.1, RFC 5764 section 5.1.2")
    }
}
