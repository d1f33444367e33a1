import Evidence

/// One direction of one TCP connection. Positions are octets since its first data octet; they do not wrap.
struct StreamDirection {
    /// Octets that came before their turn.
    struct Pending {
        let start: Int
        let octets: [UInt8]
        /// Of the first octet.
        let origin: Origin
        let time: CaptureTime
        var end: Int { start + octets.count }
    }

    let path: NetworkPath
    let connection: UInt64
    /// One number for both directions of the connection.
    let pair: UInt64
    /// Sequence number of position 0.
    let initialSequence: UInt32
    /// The connection's SYN was seen, so position 0 is certain.
    let sawSynchronize: Bool
    let started: CaptureTime
    /// Position of the octet to deliver next.
    var next = 0
    /// Sorted, disjoint, all at or after `next`.
    var pending: [Pending] = []
    var pendingOctets = 0
    /// Position of FIN or RST.
    var end: Int?
    var hasEnded = false
    /// The caller does not want its octets.
    var isIgnored = false
    /// Octets of segments since then, repeated ones included.
    var skipped = 0
    /// What the segment that opened this direction acknowledged, when it did: the peer's first data octet if it was a SYN.
    var openingAcknowledgement: UInt32?
    /// Without SYN the first segments wait a little, since an earlier one may have been captured later.
    var isHeld: Bool
    /// Payload segments while held.
    var heldSegments = 0
    /// When the peer was seen to acknowledge octets behind the hole; nil when it was not.
    var acknowledgedAt: CaptureTime?
    /// Slot of the other direction.
    var peer: Int?
    /// Used since the eviction hand last passed.
    var isRecent = true
    var hasDisagreed = false

    init(path: NetworkPath, connection: UInt64, pair: UInt64, initialSequence: UInt32, sawSynchronize: Bool, started: CaptureTime) {
        self.path = path
        self.connection = connection
        self.pair = pair
        self.initialSequence = initialSequence
        self.sawSynchronize = sawSynchronize
        self.started = started
        isHeld = !sawSynchronize
    }

    /// The position of a sequence number: the one nearest to `next` (RFC 9293 section 3.4).
    func position(of sequence: UInt32) -> Int {
        let reference = initialSequence &+ UInt32(truncatingIfNeeded: next)
        return next + Int(Int32(bitPattern: sequence &- reference))
    }

    /// Keeps what is new of `octets` at `start`; the first arrival of an octet wins. False when a repeated octet differs.
    mutating func insert(_ octets: [UInt8], at start: Int, origin: Origin, time: CaptureTime) -> Bool {
        let end = start + octets.count
        // The usual case: after everything that waits.
        if pending.last.map({ $0.end <= start }) ?? true {
            pending.append(Pending(start: start, octets: octets, origin: origin, time: time))
            pendingOctets += octets.count
            return true
        }
        var agrees = true
        var position = start
        var index = firstPending(endingAfter: start)
        while position < end {
            let known = index < pending.count ? pending[index] : nil
            let gapEnd = min(end, known?.start ?? end)
            if position < gapEnd {
                let part = Array(octets[position - start..<gapEnd - start])
                pending.insert(Pending(start: position, octets: part, origin: origin.advanced(by: position - start), time: time), at: index)
                pendingOctets += part.count
                index += 1
                position = gapEnd
            }
            guard let known, position < end else { break }
            let sharedEnd = min(end, known.end)
            if agrees, position < sharedEnd {
                agrees = octets[position - start..<sharedEnd - start].elementsEqual(known.octets[position - known.start..<sharedEnd - known.start])
            }
            position = max(position, sharedEnd)
            index += 1
        }
        return agrees
    }

    private func firstPending(endingAfter position: Int) -> Int {
        var low = 0
        var high = pending.count
        while low < high {
            let middle = (low + high) / 2
            if pending[middle].end <= position { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// Takes the run of pending octets that begins at `next`, or with `skippingHole` at the first that waits; nil when there is none.
    mutating func takeRun(skippingHole: Bool) -> StreamChunk? {
        guard let first = pending.first, skippingHole || first.start == next else { return nil }
        let lost = first.start - next
        var octets: [UInt8] = []
        var origins = OriginMap()
        var position = first.start
        var count = 0
        while count < pending.count, pending[count].start == position {
            let piece = pending[count]
            origins.append(start: octets.count, origin: piece.origin, time: piece.time)
            if octets.isEmpty { octets = piece.octets } else { octets += piece.octets }
            position = piece.end
            count += 1
        }
        pending.removeFirst(count)
        pendingOctets -= octets.count
        next = position
        return StreamChunk(path: path, connection: connection, pair: pair, octets: octets, origins: origins, lostBefore: lost, isEnd: false)
    }

    mutating func dropPending() {
        pending = []
        pendingOctets = 0
    }
}
