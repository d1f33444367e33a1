package import Evidence

extension Rule {
    package static var cap015: Rule {
        Rule(
            code: "CAP015", title: "Text log instead of a capture", severity: .warning,
            meaning: "The input is a text log of SIP messages with a time line before each. It contains no packets: no media, no transport and no exact bytes.",
            consequence:
                "Signalling is read, but there is no audio from this file. Its clock has no zone and perhaps no year, so its place among other captures "
                + "is uncertain.",
            cause: "A session border controller or a tracing tool wrote the messages as text.",
            action:
                "Each message becomes a UDP datagram between the addresses of its time line; the frame number is the number of the message. Times are read as UTC.",
            remedy: "Capture packets on the controller or on a mirror port instead.",
            reference: "RFC 3261 section 7")
    }
}
