package import Evidence

extension Rule {
    package static var aud003: Rule {
        Rule(
            code: "AUD003", title: "Payload type without a codec", severity: .error,
            meaning: "Packets carry a payload type that neither a session description nor the static table of RFC 3551 defines.",
            consequence:
                "The content is unknown, so its time is silent, in a gap with cause codec-unsupported. If it is audio, it is missing from the recording.",
            cause: "The offer and answer are not in the capture, signalling was encrypted, or the sender uses a dynamic number that it did not declare.",
            action: "The packets are counted by type and their time stays silent. No codec is guessed from the bytes.",
            remedy: "Supply the signalling or its keys, or specify the codec with --decode-as.",
            reference: "RFC 3550 section 5.1; RFC 3551 section 6; RFC 3264 section 5.1")
    }
}
