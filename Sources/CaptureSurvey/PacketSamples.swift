import Evidence

/// A few whole packets of each flow, on which keys are tried before anything is rendered.
///
/// The 1st, 2nd, 4th, 8th … packet of a flow: enough to see a key that is taken up later, and never half the sequence space apart.
/// One buffer for all. Bound: `limit` octets, after which nothing more is kept.
package struct PacketSamples: Sendable {
    private struct Entry {
        let flow: Int32
        let offset: Int32
        let count: Int32
    }

    private var octets: [UInt8] = []
    private var entries: ContiguousArray<Entry> = []
    private let limit: Int
    /// Samples that were not kept because the bound was reached.
    package private(set) var refused = 0
    /// A packet that is longer can not have come in one Ethernet frame.
    private static let longest = 2048

    init(limit: Int) { self.limit = min(limit, 1 << 30) }

    /// Whether the `number`th packet of a flow is one to keep.
    @inline(__always)
    static func isWanted(_ number: Int) -> Bool { number & (number &- 1) == 0 && number <= 32_768 }

    @inline(never)
    mutating func add(flow: Int, _ packet: RawSpan) {
        let count = packet.byteCount
        guard count <= Self.longest, octets.count + count <= limit else {
            refused += 1
            return
        }
        entries.append(Entry(flow: Int32(flow), offset: Int32(octets.count), count: Int32(count)))
        unsafe packet.withUnsafeBytes { unsafe octets.append(contentsOf: $0) }
    }

    /// The samples of each of so many flows, in order of arrival.
    package func samples(ofFirst flows: Int) -> [[[UInt8]]] {
        var out = [[[UInt8]]](repeating: [], count: flows)
        for entry in entries where Int(entry.flow) < flows {
            out[Int(entry.flow)].append(Array(octets[Int(entry.offset)..<Int(entry.offset + entry.count)]))
        }
        return out
    }

    mutating func forget() {
        octets = []
        entries = []
    }
}
