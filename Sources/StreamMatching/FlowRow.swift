public import Evidence

/// Arrival, timestamp and number of one early packet: enough to find the lower envelope of arrival once the clock rate is known.
@frozen
@usableFromInline
package struct EarlyPacket: Sendable, Equatable {
    @usableFromInline package let arrival: CaptureTime
    @usableFromInline package let timestamp: RTPTimestamp
    @usableFromInline package let sequence: SequenceNumber

    @inlinable
    package init(arrival: CaptureTime, timestamp: RTPTimestamp, sequence: SequenceNumber) {
        self.arrival = arrival
        self.timestamp = timestamp
        self.sequence = sequence
    }
}

/// How many packets of a flow carried one payload type.
@frozen
@usableFromInline
package struct PayloadTypeCount: Sendable, Equatable {
    @usableFromInline package var type: PayloadType
    @usableFromInline package var packets: UInt32

    @inlinable
    package init(type: PayloadType, packets: UInt32) {
        self.type = type
        self.packets = packets
    }
}

/// Whether a packet has to be compared with earlier ones of its flow. Where sequence numbers only go up, none has to.
@frozen
@usableFromInline
package enum FlowAttention: UInt8, Sendable {
    case none
    /// The flow is watched, and the sequence number goes on.
    case next
    /// Its sequence number is not higher than the highest: repeated or late.
    case notAfter
}

/// What the survey keeps of one RTP flow: one source (SSRC) on one network path. No payload, no per-packet list.
///
/// Sequence numbers are extended over wraps; `lowestSequence` and `highestSequence` bound what was seen of the numbering in use. A step of
/// more than 3,000 begins another numbering (RFC 3550 appendix A.1).
@frozen
@usableFromInline
package struct FlowRow: Sendable {
    @usableFromInline package let path: NetworkPath
    @usableFromInline package let ssrc: SSRC
    @usableFromInline package let firstArrival: CaptureTime
    @usableFromInline package var lastArrival: CaptureTime
    @usableFromInline package let firstOrigin: Origin
    @usableFromInline package var lastCapture: UInt32
    @usableFromInline package var lastFrame: UInt32
    @usableFromInline package var packets: Int
    /// Octets of RTP packets, headers included, as captured.
    @usableFromInline package var octets: Int
    /// Packets whose end was cut off by the capture's snap length.
    @usableFromInline package var cutPackets: Int
    @usableFromInline package let firstSequence: SequenceNumber
    @usableFromInline package var lowestSequence: Int64
    @usableFromInline package var highestSequence: Int64
    /// Packets that the extents of earlier numberings call for.
    @usableFromInline internal var earlierExpected: Int64
    @usableFromInline package var firstTimestamp: RTPTimestamp
    @usableFromInline package var lastTimestamp: RTPTimestamp
    /// Sequence steps of more than 3,000 packets: resets, or a second source with the same SSRC, or not RTP at all.
    @usableFromInline package var jumps: Int
    @usableFromInline internal var type0: PayloadTypeCount
    @usableFromInline internal var type1: PayloadTypeCount
    @usableFromInline internal var type2: PayloadTypeCount
    @usableFromInline internal var type3: PayloadTypeCount
    /// Packets with a fifth or later payload type.
    @usableFromInline package var otherTypes: UInt32
    /// Packets that the survey saw to be repetitions of earlier ones: network duplicates and copies of the capture. At least so many.
    @usableFromInline package var repeats: Int
    /// Sequence numbers by which a packet was behind the newest, at most; 0 for one that repeated the newest.
    @usableFromInline package var setback: Int32
    /// Every packet is to be compared with earlier ones.
    @usableFromInline package var isWatched: Bool
    /// What the packet added last calls for.
    @usableFromInline package var attention: FlowAttention

    /// As findings name it.
    package var identity: FlowIdentity { .media(path, ssrc) }

    /// Seconds that both flows last together; negative where there is a pause between them.
    package func overlap(with other: FlowRow) -> Double { min(lastArrival, other.lastArrival).seconds(since: max(firstArrival, other.firstArrival)) }

    /// Packets, each counted once as far as the survey can tell.
    package var distinctPackets: Int { packets - repeats }

    @inlinable
    package init(path: NetworkPath, ssrc: SSRC, arrival: CaptureTime, origin: Origin, sequence: SequenceNumber, timestamp: RTPTimestamp, type: PayloadType) {
        self.path = path
        self.ssrc = ssrc
        firstArrival = arrival
        lastArrival = arrival
        firstOrigin = origin
        lastCapture = origin.capture
        lastFrame = origin.frame
        packets = 0
        octets = 0
        cutPackets = 0
        firstSequence = sequence
        lowestSequence = Int64(sequence.value)
        highestSequence = Int64(sequence.value)
        earlierExpected = 0
        firstTimestamp = timestamp
        lastTimestamp = timestamp
        jumps = 0
        type0 = PayloadTypeCount(type: type, packets: 0)
        type1 = PayloadTypeCount(type: type, packets: 0)
        type2 = type1
        type3 = type1
        otherTypes = 0
        repeats = 0
        setback = -1
        isWatched = false
        attention = .none
    }

    /// Whether a packet of this source on this path belongs here. One test of all words: two flows of one hash tag are rare.
    @inlinable @inline(__always)
    internal func `is`(_ other: NetworkPath, _ source: SSRC) -> Bool {
        let a = (path.source.address.low ^ other.source.address.low) | (path.source.address.high ^ other.source.address.high)
        let b = (path.destination.address.low ^ other.destination.address.low) | (path.destination.address.high ^ other.destination.address.high)
        let ports = (path.source.port ^ other.source.port) | (path.destination.port ^ other.destination.port)
        let families =
            (path.source.address.family ^ other.source.address.family) | (path.destination.address.family ^ other.destination.address.family)
        return a | b | UInt64(ports) | UInt64(families) | UInt64(ssrc.value ^ source.value) == 0
    }

    /// Payload types in order of first appearance, at most four.
    package var payloadTypes: [PayloadTypeCount] { [type0, type1, type2, type3].filter { $0.packets > 0 } }

    /// Every packet had the same sequence number: it is not one.
    package var isNumberless: Bool { jumps == 0 && highestSequence == lowestSequence && packets > 2 }

    /// Packets that the extents of all numberings call for.
    package var expected: Int { Int(clamping: earlierExpected + highestSequence - lowestSequence + 1) }

    @inlinable @inline(__always)
    internal mutating func count(_ type: PayloadType) {
        if type0.type == type {
            type0.packets &+= 1
        } else if type1.packets == 0 || type1.type == type {
            type1 = PayloadTypeCount(type: type, packets: type1.packets &+ 1)
        } else if type2.packets == 0 || type2.type == type {
            type2 = PayloadTypeCount(type: type, packets: type2.packets &+ 1)
        } else if type3.packets == 0 || type3.type == type {
            type3 = PayloadTypeCount(type: type, packets: type3.packets &+ 1)
        } else {
            otherTypes &+= 1
        }
    }

    /// Adds one packet; packets may come out of order within half the sequence space.
    @inlinable @inline(__always)
    internal mutating func add(
        arrival: CaptureTime, capture: UInt32, frame: UInt32, sequence: SequenceNumber, timestamp: RTPTimestamp, type: PayloadType, octets count: Int,
        isCut: Bool
    ) {
        packets &+= 1
        octets &+= count
        if isCut { cutPackets &+= 1 }
        if arrival > lastArrival { lastArrival = arrival }
        attention = isWatched ? .next : .none
        lastCapture = capture
        lastFrame = frame
        let step = sequence.distance(from: SequenceNumber(UInt16(truncatingIfNeeded: highestSequence)))
        if step > 3000 || step < -3000 {
            renumber(sequence, timestamp)
        } else if step > 0 {
            highestSequence &+= Int64(step)
            lastTimestamp = timestamp
        } else {
            let extended = highestSequence &+ Int64(step)
            if extended < lowestSequence { lowestSequence = extended }
            if packets > 1 {
                attention = .notAfter
                if Int32(truncatingIfNeeded: 0 &- step) > setback { setback = Int32(truncatingIfNeeded: 0 &- step) }
            }
        }
        self.count(type)
    }

    @inline(never)
    @usableFromInline
    internal mutating func renumber(_ sequence: SequenceNumber, _ timestamp: RTPTimestamp) {
        jumps &+= 1
        earlierExpected &+= highestSequence - lowestSequence + 1
        lowestSequence = Int64(sequence.value)
        highestSequence = lowestSequence
        lastTimestamp = timestamp
    }
}
