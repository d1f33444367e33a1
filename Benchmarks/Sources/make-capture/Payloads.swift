/// RTP payloads of 20 ms each, one after the other.
struct Payloads {
    private(set) var octets: [UInt8] = []
    private(set) var starts = [0]
    private(set) var sums: [UInt32] = []

    init(_ payloads: some Sequence<some Collection<UInt8>>) {
        for payload in payloads {
            octets += payload
            starts.append(octets.count)
            sums.append(internetSum(Array(payload)[...]))
        }
    }

    var count: Int { sums.count }
    var longest: Int { sums.indices.map { range($0).count }.max() ?? 0 }
    var meanLength: Double { Double(octets.count) / Double(max(1, count)) }

    @inline(__always)
    func range(_ index: Int) -> Range<Int> { starts[index]..<starts[index + 1] }

    /// Each after its length in 16 bits, big end first: what the floors decode.
    var framed: [UInt8] {
        sums.indices.flatMap { index -> [UInt8] in
            let range = range(index)
            return [UInt8(range.count >> 8), UInt8(range.count & 255)] + octets[range]
        }
    }
}
