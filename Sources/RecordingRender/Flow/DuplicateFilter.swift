import Evidence
import PacketInput
import RTPSyntax

/// Tells packets of one flow that were seen before: copies that captures made, and duplicates that were on the network.
///
/// The survey says which flows repeat at all; only they have a filter. A repetition has the same sequence number, timestamp and octets as a
/// packet among the last ones. It is a **copy of the capture** when it comes from another file or interface; in the same one, when its
/// IPv4 identification is not another (then it was sent twice, RFC 7198) and it either came within 2 ms, as mirror ports give both
/// directions of a link, or within 50 ms with another time to live or other headers before it, as on both sides of a router.
/// Everything else is a duplicate of the network. What comes more than a second later is none of these: a sender that begins again with the same
/// numbers and octets is heard again. Clocks of captures may differ; by how much is added.
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
        var frame: UInt32 = 0
        var mark = PacketMark.none
        var sequence: UInt16 = 0
        var isUsed = false
        var isCut = false
    }

    private static let shortest: Int64 = 2_000_000
    private static let longest: Int64 = 50_000_000
    /// Octets of a packet that are compared where one of the two is cut: the fixed header, which is there in any case.
    private static let headOctets = 12

    /// Nanoseconds between a packet and its copy.
    private static let oldest: Int64 = 1_000_000_000

    private var ring: [Seen]
    /// The packet that the last copy or duplicate showed before.
    private(set) var original: Origin?
    /// Nanoseconds by which the clocks of captures differ, at most.
    private let skew: Int64

    /// `setback`: sequence numbers by which a packet of the flow was behind, at most.
    init(setback: Int, skew: Int64 = 0) {
        self.skew = max(0, min(skew, .max / 4))
        var size = 64
        while size < min(setback, 3000) * 2 + 32, size < 4096 { size *= 2 }
        ring = Array(repeating: Seen(), count: size)
    }

    mutating func judge(_ packet: ArrivedPacket) -> Verdict {
        let place = Int(packet.header.sequence.value) & (ring.count - 1)
        let known = ring[place]
        var fresh = Seen()
        fresh.digest = Self.digest(packet.octets, packet.octets.byteCount)
        fresh.head = UInt32(truncatingIfNeeded: Self.digest(packet.octets, Self.headOctets))
        fresh.timestamp = packet.header.timestamp.value
        fresh.time = packet.time
        fresh.capture = packet.origin.capture
        fresh.offset = packet.origin.offset
        fresh.frame = packet.origin.frame
        fresh.mark = packet.mark.frame == packet.origin.frame ? packet.mark : .none
        fresh.sequence = packet.header.sequence.value
        fresh.isUsed = true
        fresh.isCut = packet.isCut
        guard known.isUsed, known.sequence == fresh.sequence, known.timestamp == fresh.timestamp,
            packet.isCut || known.isCut ? known.head == fresh.head : known.digest == fresh.digest, isRecent(fresh, known)
        else {
            ring[place] = fresh
            return .fresh
        }
        if known.isCut, !packet.isCut {
            ring[place] = fresh
            return .better
        }
        original = Origin(capture: known.capture, frame: known.frame, offset: known.offset)
        return Self.isCopy(fresh, of: known) ? .copy : .duplicate
    }

    private func isRecent(_ later: Seen, _ earlier: Seen) -> Bool {
        let age = (later.time.nanoseconds &- earlier.time.nanoseconds).magnitude
        return age <= UInt64(Self.oldest) + (later.capture == earlier.capture ? 0 : UInt64(skew))
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
