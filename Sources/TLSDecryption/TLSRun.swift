import Evidence

/// Octets of one direction that follow each other without a hole, with their origins.
struct TLSRun: Sendable {
    private(set) var octets: [UInt8] = []
    private var origins = OriginMap()
    /// Octets that were read already.
    var head = 0
    /// Octets missing before the first; a record header must be searched for when there are some.
    let lostBefore: Int
    var isSearching: Bool

    init(lostBefore: Int) {
        self.lostBefore = lostBefore
        isSearching = lostBefore > 0
    }

    var count: Int { octets.count - head }

    mutating func append(_ more: [UInt8], _ map: OriginMap) {
        for piece in map.pieces { origins.append(start: octets.count + piece.start, origin: piece.origin, time: piece.time) }
        octets += more
    }

    /// Frees what was read.
    mutating func compact() {
        guard head > 0 else { return }
        octets.removeFirst(head)
        origins = octets.isEmpty ? OriginMap() : origins.dropping(head)
        head = 0
    }

    /// Origins of `range`, counted from `head`.
    func origins(_ range: Range<Int>) -> OriginMap {
        var out = OriginMap()
        for piece in origins.dropping(head + range.lowerBound).pieces where piece.start < max(range.count, 1) {
            out.append(start: piece.start, origin: piece.origin, time: piece.time)
        }
        return out
    }

    var origin: Origin { origins.origin(at: head) }

    enum Next {
        case record(TLSRecord)
        case needsMore
        case malformed
    }

    /// The record at `head`; nothing is taken off.
    func next() -> Next {
        guard count >= 5 else { return .needsMore }
        let version = UInt16(octets[head + 1]) << 8 | UInt16(octets[head + 2])
        let length = Int(octets[head + 3]) << 8 | Int(octets[head + 4])
        guard (20...24).contains(octets[head]), version >> 8 == 3, version & 255 <= 4, length <= (1 << 14) + 2048 else { return .malformed }
        guard count >= 5 + length else { return .needsMore }
        return .record(TLSRecord(type: octets[head], version: version, fragment: Array(octets[head + 5..<head + 5 + length])))
    }
}
