package import Evidence

extension Rule {
    package static var rtp018: Rule {
        Rule(
            code: "RTP018", title: "Receiver lost packets that the capture has", severity: .warning,
            meaning: "Receiver reports tell of more lost packets of this stream than the capture lacks: they were lost behind the place of the capture.",
            consequence: "The recorder's own file has holes that the audio made from this capture has not.",
            cause: "Loss between the capture point and the recorder, or a recorder that was too busy.",
            action: "Nothing is taken away: what was captured is rendered.",
            remedy: "Look at the network and at the load of the recorder; use this reconstruction to fill the recorder's gap.",
            reference: "RFC 7866 section 8.1.1, RFC 3550 section 6.4.1")
    }
}
