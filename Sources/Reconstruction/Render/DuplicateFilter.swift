import CaptureSurvey
import Evidence
import PacketInput
import RTPSyntax

/// Tells packets of one flow that were seen before: copies that captures made, and duplicates that were on the network.
///
/// The survey says which flows repeat at all; only they have a filter. A repetition has the same sequence number, timestamp and octets as a
/// packet among the last ones. It is a **copy of the capture** when it comes from another file or interface; in the same one, when its
/// IPv4 identification is not another (then it was sent twice, RFC 7198) and it either came within 2 ms, as mirror ports give both
/// directions of a link, or within 50 ms with another time to live or other headers before it, as on both sides of a router.
/// Everything else is a duplicate of the network.
struct DuplicateFilter {
    enum Verdict {
        case fresh
        case copy
        case duplicate
        /// The same packet as one that was cut, but whole.
        case better
    }

    private struct Seen {
        var digest: UInt64 = 0
        var head: UInt32 = 0
        var timestamp: UInt32 = 0
        var time = CaptureTime(nanoseconds: 0)
        var capture: UInt32 = 0
        var offset: UInt32 = 0
        var mark = PacketMark.none
        var sequence: UInt16 = 0
        var isUsed = false
        var isCut = false
    }

    private static let shortest: Int64 = 2_000_000
    private static let longest: Int64 = 50_000_000
    /// Octets of a packet that are compared where one of the two is cut: the fixed header, which is there in any case.
    private static let headOctets = 12

    private var ring: [Seen]

    /// `setback`: sequence numbers by which a packet of the flow was behind, at most.
    init(setback: Int) {
        var size = 64
        while size < min(setback, 3000) * 2 + 32, size < 4096 { size *= 2 }
        ring = Array(repeating: Seen(), count: size)
    }

    mutating func judge(_ packet: RawSpan, _ header: RTPHeader, isCut: Bool, _ time: CaptureTime, _ origin: Origin, _ mark: PacketMark) -> Verdict {
        let place = Int(header.sequence.value) & (ring.count - 1)
        let known = ring[place]
        var fresh = Seen()
        fresh.digest = Self.digest(packet, packet.byteCount)
        fresh.head = UInt32(truncatingIfNeeded: Self.digest(packet, Self.headOctets))
        fresh.timestamp = header.timestamp.value
        fresh.time = time
        fresh.capture = origin.capture
        fresh.offset = origin.offset
        fresh.mark = mark.frame == origin.frame ? mark : .none
        fresh.sequence = header.sequence.value
        fresh.isUsed = true
        fresh.isCut = isCut
        guard known.isUsed, known.sequence == fresh.sequence, known.timestamp == fresh.timestamp,
            isCut || known.isCut ? known.head == fresh.head : known.digest == fresh.digest
        else {
            ring[place] = fresh
            return .fresh
        }
        if known.isCut, !isCut {
            ring[place] = fresh
            return .better
        }
        return Self.isCopy(fresh, of: known) ? .copy : .duplicate
    }

    private static func isCopy(_ later: Seen, of earlier: Seen) -> Bool {
        if later.capture != earlier.capture || later.mark.interface != earlier.mark.interface { return true }
        if later.mark.identification != earlier.mark.identification { return false }
        let distance = later.time.nanoseconds &- earlier.time.nanoseconds
        if distance.magnitude <= UInt64(shortest) { return true }
        return distance.magnitude <= UInt64(longest) && (later.mark.hops != earlier.mark.hops || later.offset != earlier.offset)
    }

    /// FNV-1a over the first `count` octets without the source: all packets are of the flow, but duplicates may say another (RFC 7198 section 3.1).
    private static func digest(_ packet: RawSpan, _ count: Int) -> UInt64 {
        var digest: UInt64 = 0xCBF2_9CE4_8422_2325
        for at in 0..<min(count, packet.byteCount) where !(8..<12).contains(at) { digest = (digest ^ UInt64(packet.u8(at))) &* 0x100_0000_01B3 }
        return digest
    }
}

/// Packets and copies of one flow by capture. Files follow one another, so counting is mostly one comparison.
struct SupplyTally {
    private(set) var rows: [(capture: UInt32, packets: Int, copies: Int)] = []
    private var current = UInt32.max
    private var count = 0

    @inline(__always)
    mutating func add(_ capture: UInt32) {
        if capture != current { turn(to: capture) }
        count &+= 1
    }

    @inline(never)
    mutating func turn(to capture: UInt32) {
        put(current, packets: count, copies: 0)
        current = capture
        count = 0
    }

    /// One packet that `add` counted turned out to be a copy, or was replaced by another's.
    mutating func noteCopy(_ capture: UInt32) { put(capture, packets: -1, copies: 1) }

    private mutating func put(_ capture: UInt32, packets: Int, copies: Int) {
        if packets == 0, copies == 0 { return }
        if let index = rows.firstIndex(where: { $0.capture == capture }) {
            rows[index].packets += packets
            rows[index].copies += copies
        } else {
            rows.append((capture, packets, copies))
        }
    }

    /// In order of captures.
    mutating func finished() -> [(capture: UInt32, packets: Int, copies: Int)] {
        turn(to: .max)
        return rows.sorted { $0.capture < $1.capture }
    }
}
