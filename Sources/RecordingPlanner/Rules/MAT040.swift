package import Evidence

extension Rule {
    package static var mat040: Rule {
        Rule(
            code: "MAT040", title: "Unsignalled RTP flow is not audio", severity: .info,
            meaning:
                "No session description in the capture explains the flow, and its packets are not sound: a clock of 90 kHz with several packets per timestamp, "
                + "payloads of a video codec, a static video payload type or requests for pictures show video; otherwise the kind of media is unknown.",
            consequence: "The flow is listed with its packets and gets no audio file.",
            cause: "A video stream or another RTP application whose signalling is not in the capture or is encrypted.",
            action: "Clock, timestamps, markers and payload layout were compared with audio and video formats.",
            remedy: "Supply the signalling or its keys; if the flow is audio, name its codec with --decode-as.",
            reference: "RFC 3551 sections 4 and 5; RFC 6184; RFC 7798; RFC 7741; RFC 9628")
    }
}
