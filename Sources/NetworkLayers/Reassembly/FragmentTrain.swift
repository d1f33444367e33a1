import Evidence

/// What a datagram's fragments have in common: RFC 791 section 3.2 for IPv4; for IPv6 the protocol does not count (RFC 8200 section 4.5).
struct FragmentKey: Hashable {
    let source: IPAddress
    let destination: IPAddress
    let identification: UInt32
    let proto: UInt8
    /// Addresses and identifications may repeat from tunnel to tunnel.
    let tunnel: UInt32

    init(_ fragment: IPFragment) {
        tunnel = fragment.tunnel
        source = fragment.source
        destination = fragment.destination
        identification = fragment.identification
        proto = fragment.source.family == 4 ? fragment.proto : 0
    }
}

/// One fragment as it came, enough to know a repetition.
struct FragmentPrint: Equatable {
    let offset: Int
    let count: Int
    let hash: Int

    init(_ fragment: IPFragment, of bytes: RawSpan) {
        offset = fragment.offset
        count = fragment.payloadCount
        var hasher = Hasher()
        let part = bytes.extracting(fragment.payloadStart..<fragment.payloadStart + fragment.payloadCount)
        unsafe part.withUnsafeBytes { unsafe hasher.combine(bytes: $0) }
        hash = hasher.finalize()
    }
}

/// The fragments of one datagram so far. The first arrival of an octet wins.
struct FragmentTrain {
    struct Piece {
        let range: Range<Int>
        let origin: Origin
        let time: CaptureTime
    }

    let serial: UInt64
    let started: CaptureTime
    let first: Origin
    var octets: [UInt8] = []
    /// Sorted, disjoint.
    var pieces: [Piece] = []
    var covered = 0
    /// Known once the last fragment has come.
    var total: Int?
    /// Known once the first fragment has come.
    var proto: UInt8?
    var prints: [FragmentPrint] = []
    var disagrees = false

    init(serial: UInt64, started: CaptureTime, first: Origin) {
        self.serial = serial
        self.started = started
        self.first = first
    }

    var isComplete: Bool { total == covered && proto != nil }

    /// Adds what is new of the fragment; false when octets or ends contradict what is known.
    mutating func add(_ fragment: IPFragment, of bytes: RawSpan, origin: Origin, time: CaptureTime) -> Bool {
        var agrees = true
        if fragment.offset == 0, proto == nil { proto = fragment.proto }
        let declaredEnd = fragment.offset + fragment.declaredCount
        if !fragment.more {
            if let total { agrees = total == declaredEnd } else if declaredEnd >= octets.count { total = declaredEnd } else { agrees = false }
        }
        var end = fragment.offset + fragment.payloadCount
        if let total, end > total {
            agrees = false
            end = total
        }
        guard fragment.offset < end else { return agrees }
        prints.append(FragmentPrint(fragment, of: bytes))
        if end > octets.count { octets.append(contentsOf: repeatElement(0, count: end - octets.count)) }
        var added: [Piece] = []
        var position = fragment.offset
        func take(_ range: Range<Int>) {
            let source = fragment.payloadStart + range.lowerBound - fragment.offset
            octets.replaceSubrange(range, with: bytes.array(source..<source + range.count))
            covered += range.count
            added.append(Piece(range: range, origin: origin.advanced(by: source), time: time))
        }
        for piece in pieces where piece.range.upperBound > fragment.offset && piece.range.lowerBound < end {
            if position < piece.range.lowerBound { take(position..<piece.range.lowerBound) }
            let shared = max(position, piece.range.lowerBound)..<min(end, piece.range.upperBound)
            for index in shared where octets[index] != bytes.u8(fragment.payloadStart + index - fragment.offset) {
                agrees = false
                break
            }
            position = max(position, shared.upperBound)
        }
        if position < end { take(position..<end) }
        guard !added.isEmpty else { return agrees }
        if let last = pieces.last, let new = added.first, last.range.lowerBound > new.range.lowerBound {
            pieces.append(contentsOf: added)
            pieces.sort { $0.range.lowerBound < $1.range.lowerBound }
        } else {
            pieces.append(contentsOf: added)
        }
        return agrees
    }

    var origins: OriginMap {
        var map = OriginMap()
        for piece in pieces { map.append(start: piece.range.lowerBound, origin: piece.origin, time: piece.time) }
        return map
    }
}
