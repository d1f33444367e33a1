import Evidence

/// Octets of a stream that wait until it is known what they are, with their origins.
struct PendingOctets {
    private(set) var octets: [UInt8] = []
    private(set) var origins = OriginMap()
    /// Octets that were missing before the first.
    private(set) var lostBefore = 0

    mutating func append(_ more: [UInt8], _ map: OriginMap, lostBefore lost: Int) {
        if lost > 0 { self = PendingOctets(lostBefore: lost) }
        for piece in map.pieces { origins.append(start: octets.count + piece.start, origin: piece.origin, time: piece.time) }
        octets += more
    }

    /// Takes everything out.
    mutating func take() -> PendingOctets {
        defer { self = PendingOctets() }
        return self
    }

    /// Leaves out the first `count` octets.
    mutating func drop(_ count: Int) {
        octets.removeFirst(min(count, octets.count))
        origins = octets.isEmpty ? OriginMap() : origins.dropping(count)
        lostBefore = 0
    }

    init() {}
    private init(lostBefore: Int) { self.lostBefore = lostBefore }
}
