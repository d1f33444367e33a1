import Evidence

/// The end of a metadata document in a message whose beginning is not in the capture.
struct MessageRemainder: Sendable {
    let path: NetworkPath
    let octets: Int
    let origin: Origin
    /// Of its last octet.
    let time: CaptureTime
}

/// Remainders by the connection that they were found on.
struct MessageRemainders: Sendable {
    private static let limit = 4096

    private var list: [MessageRemainder] = []

    var isEmpty: Bool { list.isEmpty }

    /// Keeps `octets` where a metadata document ends in them (RFC 7865 section 8: its root is `recording`, whatever the prefix).
    mutating func add(_ octets: [UInt8], path: NetworkPath, origins: OriginMap) {
        guard list.count < Self.limit, Self.endsDocument(octets) else { return }
        list.append(
            MessageRemainder(path: path, octets: octets.count, origin: origins.origin(at: 0), time: origins.time(at: max(0, octets.count - 1))))
    }

    private static func endsDocument(_ octets: [UInt8]) -> Bool {
        let text = String(decoding: octets, as: UTF8.self)
        guard let end = text.lastIndex(of: "<").map({ text[$0...] }), text.contains("recording>") else { return false }
        // `</recording>` or `</rs:recording>`, last of all tags.
        let name = end.dropFirst().prefix { $0 != ">" }
        return name.hasPrefix("/") && (name.dropFirst() == "recording" || name.hasSuffix(":recording"))
    }

    /// The dialog that each belongs to, by its number: the first one on the connection afterwards whose own beginning is missing.
    ///
    /// `starts`: the first message of each dialog that does not begin with its INVITE.
    func owners(among starts: [(number: Int, path: NetworkPath, time: CaptureTime)]) -> [Int: MessageRemainder] {
        var out: [Int: MessageRemainder] = [:]
        let byPath = Dictionary(grouping: starts) { $0.path }
        for remainder in list {
            let near = (byPath[remainder.path] ?? []) + (byPath[remainder.path.reversed] ?? [])
            let later = near.filter { $0.time >= remainder.time && $0.time.seconds(since: remainder.time) <= Self.transaction }
            guard let first = later.min(by: { ($0.time, $0.number) < ($1.time, $1.number) }), out[first.number] == nil else { continue }
            out[first.number] = remainder
        }
        return out
    }

    /// Seconds that an INVITE may take to be answered on a stream (RFC 3261 timer B is 32 s; a callee may let it ring).
    private static let transaction = 180.0
}
