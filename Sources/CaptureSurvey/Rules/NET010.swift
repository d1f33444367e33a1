package import Evidence

extension Rule {
    package static var net010: Rule {
        Rule(
            code: "NET010", title: "WebSocket message dropped", severity: .warning,
            meaning: "A WebSocket message is larger than siprecap keeps, or it is compressed and cannot be decompressed.",
            consequence: "A SIP message in it is missing: dialogs may lack their metadata or their end.",
            cause: "The compression refers to earlier bytes that are missing from the capture, or the message was crafted to exhaust memory.",
            action: "The message is counted and not used; reading continues with the next one.",
            remedy: "Check the capture for drops, and start it before the connection.",
            reference: "RFC 6455 section 5; RFC 7692 section 7.2")
    }
}
