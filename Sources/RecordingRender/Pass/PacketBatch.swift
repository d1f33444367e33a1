import CPrefetch
import CaptureSurvey
import Evidence
import PacketInput
import RTPSyntax
import RecordingRecords

/// Packets on their way to the recordings, kept back for a moment so that each recording gets several in a row.
///
/// A probe interleaves a thousand recordings packet by packet. Handed on one by one, every packet finds all that its recording needs
/// gone from the cache. Within a recording the order of capture stays; recordings do not depend on each other.
/// Copies would share their packets: there is one for each worker.
@safe struct PacketBatch {
    private struct Packet {
        let time: CaptureTime
        let origin: Origin
        let mark: PacketMark
        let header: RTPHeader
        /// Which flow of the recording.
        let flow: Int32
        /// Octets, which follow in memory.
        let count: Int32
        let absent: UInt16
        let isSnapped: Bool
    }

    /// A packet as it stands in memory, one line of the cache before its octets: whoever asks for the next packet asks for one place.
    private struct Entry {
        let packet: Packet
        /// Where the next one of the same recording is; -1 after the last.
        var next: Int32 = -1
    }

    /// More octets than a datagram can have; enough for many packets of each of a thousand recordings, and few enough for the processor's last cache.
    private static let capacity = 6 << 20

    /// The first and the last packet of a recording here; -1 where it has none.
    private struct Ends {
        var first: Int32 = -1
        var last: Int32 = -1
    }

    /// What each packet writes to. No arrays: those are asked with every packet whether somebody shares them.
    @safe private final class Memory {
        let base: UnsafeMutableRawPointer
        /// By recording.
        let ends: UnsafeMutableBufferPointer<Ends>

        init(octets: Int, recordings: Int) {
            unsafe base = UnsafeMutableRawPointer.allocate(byteCount: octets, alignment: 64)
            unsafe ends = UnsafeMutableBufferPointer<Ends>.allocate(capacity: recordings)
            unsafe ends.initialize(repeating: Ends())
        }

        deinit {
            unsafe base.deallocate()
            unsafe ends.deallocate()
        }
    }

    private let memory: Memory
    private var filled = 0
    private(set) var count = 0
    /// Recordings with packets here, in order of their first.
    private var waiting: ContiguousArray<Int32> = []

    init(recordings: Int) { memory = Memory(octets: Self.capacity, recordings: recordings) }

    var isEmpty: Bool { count == 0 }

    /// Octets that a packet of `count` takes here.
    @inline(__always)
    private static func size(_ count: Int) -> Int { (MemoryLayout<Entry>.stride &+ count &+ 7) & ~7 }

    /// Whether a packet of `count` more octets finds room.
    @inline(__always)
    func hasRoom(_ count: Int) -> Bool { Self.size(count) <= Self.capacity - filled }

    /// Takes a packet for which there is room, with a copy of its octets.
    @inline(__always)
    mutating func add(_ arrived: ArrivedPacket, to route: FlowRoute) {
        let octets = arrived.octets.byteCount
        let recording = Int(route.recording)
        guard hasRoom(octets) else { return }
        let place = Int32(truncatingIfNeeded: filled)
        let packet = Packet(
            time: arrived.time, origin: arrived.origin, mark: arrived.mark, header: arrived.header, flow: route.flow,
            count: Int32(truncatingIfNeeded: octets), absent: arrived.absent, isSnapped: arrived.isSnapped)
        unsafe Self.entry(memory.base, place).initialize(to: Entry(packet: packet))
        let room = unsafe memory.base + filled + MemoryLayout<Entry>.stride
        unsafe arrived.octets.withUnsafeBytes { if let from = $0.baseAddress { unsafe room.copyMemory(from: from, byteCount: octets) } }
        filled &+= Self.size(octets)
        count &+= 1
        let last = unsafe memory.ends[recording].last
        if last >= 0 {
            unsafe Self.entry(memory.base, last).pointee.next = place
        } else {
            unsafe memory.ends[recording].first = place
            waiting.append(route.recording)
        }
        unsafe memory.ends[recording].last = place
    }

    @inline(__always)
    private static func entry(_ base: UnsafeMutableRawPointer, _ place: Int32) -> UnsafeMutablePointer<Entry> {
        unsafe (base + Int(place)).assumingMemoryBound(to: Entry.self)
    }

    /// Hands all packets to `body`, recording by recording in order of their first packets, each recording's in order of capture.
    ///
    /// What comes next is asked for ahead: the packets of a recording lie far apart, and waiting for each took longer than the rest of the work.
    @inline(__always)
    func forEach(_ body: (_ recording: Int, _ flow: Int, ArrivedPacket) -> Void) {
        let base = unsafe memory.base
        let ends = unsafe memory.ends
        for turn in waiting.indices {
            var place = unsafe ends[Int(waiting[turn])].first
            let following = turn + 1 < waiting.count ? unsafe ends[Int(waiting[turn + 1])].first : -1
            while place >= 0 {
                let entry = unsafe Self.entry(base, place)
                let next = unsafe entry.pointee.next
                let ahead = next >= 0 ? next : following
                if ahead >= 0 {
                    let place = unsafe base + Int(ahead)
                    unsafe cache_prefetch(place)
                    unsafe cache_prefetch(place + 64)
                    unsafe cache_prefetch(place + 128)
                    unsafe cache_prefetch(place + 192)
                    unsafe cache_prefetch(place + 256)
                }
                let packet = unsafe entry.pointee.packet
                let octets = unsafe UnsafeRawBufferPointer(start: UnsafeRawPointer(entry + 1), count: Int(packet.count))
                body(
                    Int(waiting[turn]), Int(packet.flow),
                    ArrivedPacket(
                        unsafe RawSpan(_unsafeBytes: octets), header: packet.header, time: packet.time, origin: packet.origin, mark: packet.mark,
                        absent: packet.absent, isSnapped: packet.isSnapped))
                place = next
            }
        }
    }

    /// Forgets all packets and keeps the memory.
    mutating func removeAll() {
        for recording in waiting { unsafe memory.ends[Int(recording)] = Ends() }
        waiting.removeAll(keepingCapacity: true)
        count = 0
        filled = 0
    }
}
