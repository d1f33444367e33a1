package import Evidence

extension Rule {
    package static var net014: Rule {
        Rule(
            code: "NET014", title: "Compressed HEP payload cannot be decompressed", severity: .warning,
            meaning: "A capture agent sent a message with a compressed payload (chunk 0x0010) that is damaged, or is neither deflate nor gzip.",
            consequence: "The SIP message or media packet inside is not part of any recording.",
            cause: "The message lost bytes in transit, or the capture agent uses a compression method of its own.",
            action: "The message is counted and skipped.",
            remedy: "Turn off compression in the capture agent, or capture the traffic itself.",
            reference: "HEP/EEP version 3, generic chunk types")
    }
}
