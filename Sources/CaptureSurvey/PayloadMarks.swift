import Evidence
import RTPSyntax

/// What the payloads of flows have in common: of each flow the 64 smallest of the numbers that its payloads hash to.
///
/// Two flows that carry the same payloads under other sources and numbers keep the same smallest ones, wherever either begins (bottom-k sketch).
/// Kept only while the capture shows both calls and recording sessions. Payloads of one repeated octet, such as digital silence, say nothing.
/// Bound: 65,536 flows.
package struct PayloadMarks: Sendable {
    /// By row of the flow table; ascending.
    private var marks: [Int: [UInt64]] = [:]
    /// By row: what is above it is not kept.
    private var ceilings: ContiguousArray<UInt64> = []
    private static let count = 64
    private static let flowLimit = 65_536

    @inline(__always)
    mutating func add(flow: Int, _ header: RTPHeader, _ packet: RawSpan) {
        let start = header.headerLength
        // Shorter payloads are too alike.
        guard packet.byteCount - start >= 24 else { return }
        let first = packet.be64(start)
        let middle = packet.be64((start + packet.byteCount) / 2 - 4)
        let last = packet.be64(packet.byteCount - 8)
        let mixed = (first ^ 0x9E37_79B9_7F4A_7C15).multipliedFullWidth(by: middle ^ 0xD6E8_FEB8_6659_FD93)
        let hash = (mixed.high ^ mixed.low ^ last) &* 0xA076_1D64_78BD_642F
        if flow < ceilings.count, hash >= ceilings[flow] { return }
        keep(flow, hash, first == middle)
    }

    @inline(never)
    private mutating func keep(_ flow: Int, _ hash: UInt64, _ isMonotonous: Bool) {
        guard !isMonotonous, flow < Self.flowLimit else { return }
        while ceilings.count <= flow { ceilings.append(.max) }
        var list = marks[flow] ?? []
        let place = list.firstIndex { $0 >= hash } ?? list.count
        if place < list.count, list[place] == hash { return }
        list.insert(hash, at: place)
        if list.count > Self.count { list.removeLast() }
        if list.count == Self.count { ceilings[flow] = list[Self.count - 1] }
        marks[flow] = list
    }

    /// Flows among `others` that share at least `least` marks with `flow`, most first.
    package func alike(_ flow: Int, among others: [Int]) -> [(flow: Int, common: Int, of: Int)] {
        guard let own = marks[flow], let top = own.last else { return [] }
        let found = others.compactMap { other -> (flow: Int, common: Int, of: Int)? in
            guard other != flow, let list = marks[other], let otherTop = list.last else { return nil }
            // Below what both have kept whole.
            let limit = min(own.count < Self.count ? .max : top, list.count < Self.count ? .max : otherTop)
            let common = Set(own).intersection(list).count { $0 <= limit }
            let smaller = min(own.count { $0 <= limit }, list.count { $0 <= limit })
            return common > 0 ? (other, common, smaller) : nil
        }
        return found.sorted { ($1.common, $0.flow) < ($0.common, $1.flow) }
    }

    package var isEmpty: Bool { marks.isEmpty }

    mutating func forget() {
        marks = [:]
        ceilings = []
    }
}
