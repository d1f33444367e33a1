package import Evidence

extension Rule {
    package static var net010: Rule {
        Rule(
            code: "NET010", title: "WebSocket message dropped", severity: .warning,
            meaning: "A WebSocket message is larger than siprecap keeps, or it is compressed and can not be unpacked.",
            consequence: "A SIP message that was in it is missing: dialogs may lack their metadata or their end.",
            cause: "Octets before it are missing from the capture, which the compression refers to, or the message was made to exhaust memory.",
            action: "The message is counted and not used; reading goes on with the next one.",
            remedy: "Check the capture for drops, and begin it before the connection does.",
            reference: "RFC 6455 section 5; RFC 7692 section 7.2")
    }
}
