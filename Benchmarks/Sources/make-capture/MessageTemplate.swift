/// A SIP message of the sample, cut into what is the same in every session and what is not.
struct MessageTemplate {
    private enum Piece {
        case same([UInt8])
        case varies(@Sendable (Identity) -> String)
    }

    /// Nanoseconds after the first message.
    let delay: Int64
    let isFromClient: Bool
    private let pieces: [Piece]

    /// Texts of the sample that must differ between sessions, and what stands there instead.
    typealias Token = (text: String, replacement: @Sendable (Identity) -> String)

    init(_ message: [UInt8], delay: Int64, isFromClient: Bool, tokens: [Token]) {
        self.delay = delay
        self.isFromClient = isFromClient
        // The longest first: one may be the beginning of another.
        let tokens = tokens.map { (units: Array($0.text.utf8), replacement: $0.replacement) }.sorted { $0.units.count > $1.units.count }
        var pieces: [Piece] = []
        var same: [UInt8] = []
        var at = 0
        while at < message.count {
            if let token = tokens.first(where: { message[at...].starts(with: $0.units) }) {
                pieces += [.same(same), .varies(token.replacement)]
                same = []
                at += token.units.count
            } else {
                same.append(message[at])
                at += 1
            }
        }
        self.pieces = pieces + [.same(same)]
    }

    /// The message of one session, with the right Content-Length.
    func rendered(for identity: Identity) -> [UInt8] {
        var out: [UInt8] = []
        for piece in pieces {
            switch piece {
            case .same(let octets): out += octets
            case .varies(let replacement): out += Array(replacement(identity).utf8)
            }
        }
        let text = String(decoding: out, as: UTF8.self)
        guard let blank = text.firstRange(of: "\r\n\r\n") else { return out }
        let body = text[blank.upperBound...]
        let head = text[..<blank.lowerBound].replacing(/Content-Length:\s*\d+/, with: "Content-Length: \(body.utf8.count)")
        return Array((head + "\r\n\r\n" + body).utf8)
    }

    /// Finds what identifies the sample's session: addresses, ports, dialog identifiers, identifiers of the metadata.
    static func tokens(in messages: [SampleCapture.Datagram], ports: [UInt16]) -> [Token] {
        var tokens: [String: @Sendable (Identity) -> String] = [:]
        tokens[messages[0].source] = { $0.client }
        tokens[messages[0].destination] = { $0.server }
        for (index, port) in ports.enumerated() { tokens["m=audio \(port) "] = { "m=audio \($0.port(index)) " } }
        for side in ["offer", "answer"] {
            for line in ports.indices { tokens[MediaKind.keyPlace(side, line)] = { $0.keyText(side, line) } }
        }
        for message in messages {
            let text = String(decoding: message.payload, as: UTF8.self)
            for match in text.matches(of: /Call-ID: ([^@\r]+)/) + text.matches(of: /;tag=([^;\r]+)/) {
                let old = String(match.1)
                tokens[old] = { $0.hex(old, count: old.utf8.count) }
            }
            for match in text.matches(of: /sipSessionID>([0-9a-f]{32});remote=([0-9a-f]{32})/) {
                for old in [String(match.1), String(match.2)] { tokens[old] = { $0.hex(old, count: 32) } }
            }
            for match in text.matches(of: /branch=([^;\r]+)/) {
                let old = String(match.1)
                tokens[old] = { "\(old)-\($0.number)" }
            }
            for match in text.matches(of: /(?:session|group|participant|stream)_id="([^"]+)"/) {
                let old = String(match.1)
                tokens[old] = { $0.identifier(old) }
            }
            for match in text.matches(of: /aor="(sip:[^@"]+)@/) {
                let old = String(match.1)
                tokens[old] = { "\(old).\($0.number)" }
            }
        }
        return tokens.map { ($0.key, $0.value) }
    }
}
