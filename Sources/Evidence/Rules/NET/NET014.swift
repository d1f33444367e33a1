extension Rule {
    package static let net014 = Rule(
        code: "NET014", title: "Compressed HEP payload", severity: .warning,
        meaning: "A capture agent sent a message whose payload it had compressed (chunk 0x0010).",
        consequence: "The SIP message or media packet within is not part of any recording.",
        cause: "The capture agent is configured to compress, as captagent can be.",
        action: "The message is counted and passed over.",
        remedy: "Switch compression off in the capture agent, or capture the traffic itself.",
        reference: "HEP/EEP version 3, generic chunk types")
}
