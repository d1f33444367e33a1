package import Evidence

extension Rule {
    package static var rtp018: Rule {
        Rule(
            code: "RTP018", title: "Packets lost after the capture point", severity: .warning,
            meaning: "Receiver reports count more lost packets of this stream than the capture lacks: they were lost after the capture point.",
            consequence: "The recorder's own file has gaps that the audio from this capture does not have.",
            cause: "Loss between the capture point and the recorder, or an overloaded recorder.",
            action: "Nothing is removed: everything captured is rendered.",
            remedy: "Check the network and the load of the recorder; use this reconstruction to fill the gaps in its file.",
            reference: "RFC 7866 section 8.1.1, RFC 3550 section 6.4.1")
    }
}
