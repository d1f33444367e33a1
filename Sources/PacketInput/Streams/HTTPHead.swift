import Evidence

/// The head of an HTTP/1.1 message (RFC 9112), as far as a WebSocket needs it (RFC 6455 section 4).
struct HTTPHead: Equatable {
    /// Octets up to the end of the empty line.
    let count: Int
    /// The request asks for a WebSocket, or the answer grants it.
    let isUpgrade: Bool
    /// Octets of body; nil when they are not told by a length.
    let bodyCount: Int?

    /// Octets that a head may have.
    static let longest = 16_384

    /// Nil while the empty line has not come.
    init?(_ octets: [UInt8]) {
        guard let end = Self.end(octets) else { return nil }
        count = end
        let lines = octets[..<end].split(separator: 0x0A).map { line in
            var text = [UInt8](line.map(\.asciiLowercased))
            while text.last == 0x0D || text.last?.isBlank == true { text.removeLast() }
            return text
        }
        let first = lines.first ?? []
        let isRequest = !first.starts(with: Array("http/".utf8))
        let isSwitch = first.dropFirst(8).starts(with: Array(" 101".utf8))
        let asks = lines.contains { Self.value(of: "upgrade", in: $0).map { $0.starts(with: Array("websocket".utf8)) } ?? false }
        isUpgrade = asks && (isRequest || isSwitch)
        let length = lines.lazy.compactMap { Self.value(of: "content-length", in: $0) }.first.flatMap { Int(String(decoding: $0, as: UTF8.self)) }
        let hasNone = isRequest || isSwitch || first.dropFirst(8).starts(with: Array(" 204".utf8)) || first.dropFirst(8).starts(with: Array(" 304".utf8))
        bodyCount = length ?? (hasNone ? 0 : nil)
    }

    private static func end(_ octets: [UInt8]) -> Int? {
        var lineStart = 0
        for index in octets.indices where octets[index] == 0x0A {
            let content = index > lineStart && octets[index - 1] == 0x0D ? index - 1 : index
            if content == lineStart { return index + 1 }
            lineStart = index + 1
        }
        return nil
    }

    private static func value(of name: String, in line: [UInt8]) -> [UInt8]? {
        guard line.starts(with: Array(name.utf8)), let colon = line.firstIndex(of: 0x3A), colon == name.utf8.count else { return nil }
        return Array(line[(colon + 1)...].drop(while: \.isBlank))
    }
}
