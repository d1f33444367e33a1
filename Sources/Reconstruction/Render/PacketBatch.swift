import Evidence
import RTPSyntax

/// Packets on their way to the recordings, kept back for a moment so that each recording gets several in a row.
///
/// A probe interleaves a thousand recordings packet by packet. Handed on one by one, every packet finds all that its recording needs
/// gone from the cache. Within a recording the order of capture stays; recordings do not depend on each other.
struct PacketBatch {
    struct Packet {
        let header: RTPHeader
        let time: CaptureTime
        let origin: Origin
        let isCut: Bool
        let mark: PacketMark
        /// Which flow of this worker.
        let route: Int32
        /// Where its octets are.
        let start: Int
        let count: Int
        /// The next one of the same recording; -1 after the last.
        fileprivate(set) var next: Int32 = -1
    }

    /// More octets than a datagram can have; enough for some packets of each of thousands of recordings, and few enough for the cache.
    private static let capacity = 2 << 20

    private(set) var octets: [UInt8]
    private(set) var packets: ContiguousArray<Packet> = []
    private var filled = 0
    /// By recording: its first and last packet here; -1 where it has none.
    private var ends: ContiguousArray<(first: Int32, last: Int32)>
    /// Recordings with packets here, in order of their first.
    private var waiting: ContiguousArray<Int32> = []

    init(recordings: Int) {
        octets = [UInt8](repeating: 0, count: Self.capacity)
        ends = ContiguousArray(repeating: (first: -1, last: -1), count: recordings)
        packets.reserveCapacity(Self.capacity / 128)
    }

    var isEmpty: Bool { packets.isEmpty }

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
        packets.append(Packet(header: header, time: time, origin: origin, isCut: isCut, mark: mark, route: route, start: start, count: count))
        let last = ends[recording].last
        if last >= 0 {
            packets[Int(last)].next = index
        } else {
            ends[recording].first = index
            waiting.append(Int32(truncatingIfNeeded: recording))
        }
        ends[recording].last = index
    }

    /// First packets of all recordings that have some, in order of capture.
    var firsts: ContiguousArray<Int32> { ContiguousArray(waiting.map { ends[Int($0)].first }) }

    /// Forgets all packets and keeps the memory.
    mutating func removeAll() {
        for recording in waiting { ends[Int(recording)] = (first: -1, last: -1) }
        waiting.removeAll(keepingCapacity: true)
        packets.removeAll(keepingCapacity: true)
        filled = 0
    }
}
