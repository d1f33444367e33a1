package import Evidence

extension Rule {
    package static var net014: Rule {
        Rule(
            code: "NET014", title: "Compressed HEP payload can not be unpacked", severity: .warning,
            meaning: "A capture agent sent a message whose payload it had compressed (chunk 0x0010), and it is damaged, or in no form of deflate or gzip.",
            consequence: "The SIP message or media packet within is not part of any recording.",
            cause: "The message lost octets on its way, or the capture agent compresses by a method of its own.",
            action: "The message is counted and passed over.",
            remedy: "Switch compression off in the capture agent, or capture the traffic itself.",
            reference: "HEP/EEP version 3, generic chunk types")
    }
}
