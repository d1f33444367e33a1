package import Evidence

extension Rule {
    package static var cap007: Rule {
        Rule(
            code: "CAP007", title: "Not a capture file", severity: .error,
            meaning: "The first bytes of the file match no supported format.",
            consequence: "Nothing in this file is part of any recording.",
            cause: "A file was given by mistake, or it is in the format of another analyser.",
            action: "The file is skipped; the message says what it seems to be.",
            remedy: "Give only captures, or convert the file with editcap -F pcapng.",
            reference: "draft-ietf-opsawg-pcap section 4; draft-ietf-opsawg-pcapng section 4.1")
    }
}
