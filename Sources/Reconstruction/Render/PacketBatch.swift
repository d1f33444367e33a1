import CPrefetch
import Evidence
import RTPSyntax

/// Packets on their way to the recordings, kept back for a moment so that each recording gets several in a row.
///
/// A probe interleaves a thousand recordings packet by packet. Handed on one by one, every packet finds all that its recording needs
/// gone from the cache. Within a recording the order of capture stays; recordings do not depend on each other.
@safe struct PacketBatch {
    struct Packet {
        let header: RTPHeader
        let time: CaptureTime
        let origin: Origin
        let mark: PacketMark
        let isCut: Bool
        /// Which flow of this worker.
        let route: Int32
        /// Where its octets are.
        let start: Int32
        let count: Int32
    }

    /// What is needed to find a packet and to ask for it ahead of time; apart from the packets, as all of these fit into the first-level cache.
    private struct Link {
        /// The next one of the same recording; -1 after the last.
        var next: Int32
        let start: Int32
    }

    /// More octets than a datagram can have; enough for many packets of each of a thousand recordings, and few enough for the processor's last cache.
    private static let capacity = 6 << 20

    private var octets: [UInt8]
    private var packets: ContiguousArray<Packet> = []
    private var links: ContiguousArray<Link> = []
    private var filled = 0
    /// By recording: its first and last packet here; -1 where it has none.
    private var ends: ContiguousArray<(first: Int32, last: Int32)>
    /// Recordings with packets here, in order of their first.
    private var waiting: ContiguousArray<Int32> = []

    init(recordings: Int) {
        octets = [UInt8](repeating: 0, count: Self.capacity)
        ends = ContiguousArray(repeating: (first: -1, last: -1), count: recordings)
        packets.reserveCapacity(Self.capacity / 128)
        links.reserveCapacity(Self.capacity / 128)
    }

    var isEmpty: Bool { packets.isEmpty }
    var count: Int { packets.count }

    /// Whether `count` more octets find room.
    @inline(__always)
    func hasRoom(_ count: Int) -> Bool { count <= octets.count - filled }

    /// Takes a packet for which there is room, with a copy of its octets.
    @inline(__always)
    mutating func add(_ payload: RawSpan, header: RTPHeader, isCut: Bool, time: CaptureTime, origin: Origin, mark: PacketMark, route: Int32, recording: Int) {
        let count = payload.byteCount
        guard hasRoom(count) else { return }
        let start = filled
        unsafe octets.withUnsafeMutableBytes { space in
            unsafe payload.withUnsafeBytes { unsafe UnsafeMutableRawBufferPointer(rebasing: space[start..<start + count]).copyMemory(from: $0) }
        }
        filled += count
        let index = Int32(truncatingIfNeeded: packets.count)
        packets.append(
            Packet(
                header: header, time: time, origin: origin, mark: mark, isCut: isCut, route: route, start: Int32(truncatingIfNeeded: start),
                count: Int32(truncatingIfNeeded: count)))
        links.append(Link(next: -1, start: Int32(truncatingIfNeeded: start)))
        let last = ends[recording].last
        if last >= 0 {
            links[Int(last)].next = index
        } else {
            ends[recording].first = index
            waiting.append(Int32(truncatingIfNeeded: recording))
        }
        ends[recording].last = index
    }

    /// Hands all packets to `body`, recording by recording in order of their first packets, each recording's in order of capture.
    ///
    /// What comes next is asked for ahead: the packets of a recording lie far apart, and waiting for each took longer than the rest of the work.
    @inline(__always)
    func forEach(_ body: (Packet, RawSpan) -> Void) {
        unsafe octets.withUnsafeBytes { octets in
            unsafe packets.withUnsafeBufferPointer { packets in
                unsafe links.withUnsafeBufferPointer { links in
                    guard let base = octets.baseAddress, let first = packets.baseAddress else { return }
                    let bytes = unsafe RawSpan(_unsafeBytes: octets)
                    for turn in waiting.indices {
                        var index = Int(ends[Int(waiting[turn])].first)
                        let following = turn + 1 < waiting.count ? Int(ends[Int(waiting[turn + 1])].first) : -1
                        while index >= 0 {
                            let next = unsafe Int(links[index].next)
                            let ahead = next >= 0 ? next : following
                            if ahead >= 0 {
                                let place = unsafe first + ahead
                                unsafe cache_prefetch(place)
                                unsafe cache_prefetch(UnsafeRawPointer(place) + 63)
                                let octets = unsafe base + Int(links[ahead].start)
                                unsafe cache_prefetch(octets)
                                unsafe cache_prefetch(octets + 64)
                                unsafe cache_prefetch(octets + 128)
                            }
                            let packet = unsafe packets[index]
                            body(packet, bytes.extracting(Int(packet.start)..<Int(packet.start) + Int(packet.count)))
                            index = next
                        }
                    }
                }
            }
        }
    }

    /// Forgets all packets and keeps the memory.
    mutating func removeAll() {
        for recording in waiting { ends[Int(recording)] = (first: -1, last: -1) }
        waiting.removeAll(keepingCapacity: true)
        packets.removeAll(keepingCapacity: true)
        links.removeAll(keepingCapacity: true)
        filled = 0
    }
}
