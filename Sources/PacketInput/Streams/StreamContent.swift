import NetworkLayers

/// What the clear octets of one direction are, by the first of them; a port is never asked.
enum StreamContent: Equatable {
    case sip
    /// A request or answer that may lead to a WebSocket (RFC 6455 section 1.3).
    case http
    /// Frames of a WebSocket whose beginning was not captured.
    case webSocket
    /// No text: framed packets of media, if anything that is read.
    case media
    /// HEP version 3.
    case capsules
    /// MSRP (RFC 4975 section 7.1).
    case messaging

    private static let words: [(word: [UInt8], content: StreamContent)] = [
        (Array("GET ".utf8), .http), (Array("HTTP/1.".utf8), .http), (Array("HEP3".utf8), .capsules), (Array("MSRP ".utf8), .messaging),
    ]

    /// Nil while there are too few octets to tell. `head` does not begin with line ends.
    static func of(_ head: [UInt8], isEnd: Bool = false) -> StreamContent? {
        for (word, content) in words {
            if head.starts(with: word) { return content }
            if !isEnd, head.count < word.count, word.starts(with: head) { return nil }
        }
        guard head.count >= 4 || isEnd else { return nil }
        if let first = head.first, [0x81, 0x82, 0xC1, 0xC2].contains(first) {
            switch WebSocketFrameHeader.read(head, at: 0) {
            case .header: return .webSocket
            case .needsMore: if !isEnd { return nil }
            case .malformed: break
            }
        }
        return head.prefix(16).allSatisfy { $0 >= 0x20 && $0 != 0x7F || $0 == 0x0D || $0 == 0x0A || $0 == 0x09 } ? .sip : .media
    }
}
