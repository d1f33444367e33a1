package import Evidence
import RTPSyntax

/// What is kept of one packet to recognize it on another path.
package struct MediaPrint: Sendable, Equatable {
    package let arrival: CaptureTime
    /// Of the payload; 0 where that says nothing or was cut.
    package let digest: UInt64
    package let timestamp: RTPTimestamp
    package let sequence: SequenceNumber
}

/// A few packets of each flow by which the same media is recognized on another path, wherever either flow begins or ends.
///
/// By number: packets whose sequence number is a multiple of a power of two, which grows with the flow, so that two flows of one numbering keep
/// the same packets. By payload: those with the smallest digests (bottom-k sketch), which are the same under any numbering. Payloads of one repeated
/// octet, such as digital silence, say nothing. 2,128 octets for each flow of 8 packets or more; bound: 65,536 flows.
package struct MediaPrints: Sendable {
    private struct Gate {
        /// Digests below it are kept.
        var ceiling = UInt64.max
        var slot: Int32 = -1
        /// Sequence numbers without any of these bits are kept.
        var mask: UInt16 = 0
        var numbered: UInt8 = 0
        var payloads: UInt8 = 0
    }

    private static let numberedDepth = 24
    private static let payloadDepth = 64
    /// Of these, as many as tell whether two flows have to do with each other.
    private static let sketchDepth = 16
    private static let flowLimit = 65_536
    /// A flow of fewer packets is not worth the room.
    private static let fewest = 8

    /// By row of the flow table.
    private var gates: ContiguousArray<Gate> = []
    private var numbered: ContiguousArray<MediaPrint> = []
    /// Ascending by digest.
    private var payloads: ContiguousArray<MediaPrint> = []
    private var slots = 0

    /// Takes the packet that was just added to row `flow` as its `number`th.
    @inline(__always)
    mutating func add(flow: Int, number: Int, _ header: RTPHeader, _ packet: RawSpan, isCut: Bool, at time: CaptureTime) {
        guard number >= Self.fewest else { return }
        if flow >= gates.count || gates[flow].slot < 0 {
            guard open(flow) else { return }
        }
        let isNumbered = header.sequence.value & gates[flow].mask == 0
        if isCut, !isNumbered { return }
        let digest = isCut ? 0 : Self.digest(packet, from: header.headerLength)
        if isNumbered || digest < gates[flow].ceiling {
            keep(flow, header, packet, digest, isNumbered: isNumbered, at: time)
        }
    }

    /// By the first, the middle and the last octets: what differs in all of a packet differs there.
    @inline(__always)
    private static func digest(_ packet: RawSpan, from start: Int) -> UInt64 {
        let count = packet.byteCount - start
        guard count >= 8 else { return short(packet, from: start) }
        let first = packet.be64(start)
        let middle = packet.be64(start + (count - 8) / 2)
        let last = packet.be64(packet.byteCount - 8)
        let mixed = (first ^ 0x9E37_79B9_7F4A_7C15).multipliedFullWidth(by: middle ^ 0xD6E8_FEB8_6659_FD93)
        return ((mixed.high ^ mixed.low ^ last) &* 0xA076_1D64_78BD_642F) | 1
    }

    @inline(never)
    private static func short(_ packet: RawSpan, from start: Int) -> UInt64 {
        var digest: UInt64 = 0xCBF2_9CE4_8422_2325
        for at in start..<max(start, packet.byteCount) { digest = (digest ^ UInt64(packet.u8(at))) &* 0x100_0000_01B3 }
        return digest | 1
    }

    @inline(never)
    private mutating func open(_ flow: Int) -> Bool {
        guard slots < Self.flowLimit, flow < Int(Int32.max) else { return false }
        while gates.count <= flow { gates.append(Gate()) }
        gates[flow].slot = Int32(slots)
        slots += 1
        let empty = MediaPrint(arrival: .distantPast, digest: 0, timestamp: RTPTimestamp(0), sequence: SequenceNumber(0))
        numbered.append(contentsOf: repeatElement(empty, count: Self.numberedDepth))
        payloads.append(contentsOf: repeatElement(empty, count: Self.payloadDepth))
        return true
    }

    @inline(never)
    private mutating func keep(_ flow: Int, _ header: RTPHeader, _ packet: RawSpan, _ digest: UInt64, isNumbered: Bool, at time: CaptureTime) {
        let isTelling = digest != 0 && !Self.isMonotonous(packet, from: header.headerLength)
        let print = MediaPrint(arrival: time, digest: isTelling ? digest : 0, timestamp: header.timestamp, sequence: header.sequence)
        if isNumbered { keepNumber(print, flow) }
        if isTelling, digest < gates[flow].ceiling { keepPayload(print, flow) }
    }

    /// One octet all over, or next to nothing.
    private static func isMonotonous(_ packet: RawSpan, from start: Int) -> Bool {
        guard packet.byteCount - start >= 10 else { return true }
        let first = packet.be64(start)
        return first == packet.be64(packet.byteCount - 8) && first << 8 | first >> 56 == first
    }

    private mutating func keepNumber(_ print: MediaPrint, _ flow: Int) {
        var gate = gates[flow]
        let base = Int(gate.slot) * Self.numberedDepth
        while Int(gate.numbered) == Self.numberedDepth {
            // Every sequence number but 0 is sorted out already.
            guard gate.mask < 0x7FFF else { return }
            gate.mask = gate.mask << 1 | 1
            var kept = 0
            for at in 0..<Self.numberedDepth where numbered[base + at].sequence.value & gate.mask == 0 {
                numbered[base + kept] = numbered[base + at]
                kept += 1
            }
            gate.numbered = UInt8(kept)
        }
        if print.sequence.value & gate.mask == 0 {
            numbered[base + Int(gate.numbered)] = print
            gate.numbered += 1
        }
        gates[flow] = gate
    }

    private mutating func keepPayload(_ print: MediaPrint, _ flow: Int) {
        let base = Int(gates[flow].slot) * Self.payloadDepth
        let count = Int(gates[flow].payloads)
        var place = 0
        while place < count, payloads[base + place].digest < print.digest { place += 1 }
        // The first time it was heard counts.
        if place < count, payloads[base + place].digest == print.digest { return }
        guard place < Self.payloadDepth else { return }
        var at = min(count, Self.payloadDepth - 1)
        while at > place {
            payloads[base + at] = payloads[base + at - 1]
            at -= 1
        }
        payloads[base + place] = print
        let kept = min(count + 1, Self.payloadDepth)
        gates[flow].payloads = UInt8(kept)
        if kept == Self.payloadDepth { gates[flow].ceiling = payloads[base + kept - 1].digest }
    }

    /// Packets of a flow chosen by number, in order of arrival.
    package func byNumber(_ flow: Int) -> ArraySlice<MediaPrint> {
        guard flow < gates.count, gates[flow].slot >= 0 else { return [] }
        let base = Int(gates[flow].slot) * Self.numberedDepth
        return Array(numbered[base..<base + Int(gates[flow].numbered)])[...]
    }

    /// Packets of a flow with the same number bits are kept of every flow whose mask has no more bits.
    package func mask(_ flow: Int) -> UInt16 { flow < gates.count ? gates[flow].mask : 0 }

    /// Packets of a flow chosen by payload, by ascending digest.
    package func byPayload(_ flow: Int) -> ArraySlice<MediaPrint> {
        guard flow < gates.count, gates[flow].slot >= 0 else { return [] }
        let base = Int(gates[flow].slot) * Self.payloadDepth
        return Array(payloads[base..<base + Int(gates[flow].payloads)])[...]
    }

    /// Payloads of a flow with digests up to this one are all kept.
    package func ceiling(_ flow: Int) -> UInt64 {
        guard flow < gates.count, Int(gates[flow].payloads) == Self.payloadDepth else { return .max }
        return gates[flow].ceiling
    }

    /// The first few of these.
    package func sketch(_ flow: Int) -> ArraySlice<MediaPrint> { byPayload(flow).prefix(Self.sketchDepth) }

    /// Digests above the highest one of the sketch may be of packets that are not in it.
    package func isWhole(_ flow: Int) -> Bool { flow < gates.count && Int(gates[flow].payloads) < Self.sketchDepth }

    /// Flows among `others` that have payloads of `flow`, those with most in common first; `of`: so many could be.
    package func alike(_ flow: Int, among others: [Int]) -> [(flow: Int, common: Int, of: Int)] {
        let own = byPayload(flow)
        let digests = Set(own.map(\.digest))
        let found = others.compactMap { other -> (flow: Int, common: Int, of: Int)? in
            guard other != flow else { return nil }
            let list = byPayload(other)
            // Below what both have kept whole.
            let limit = min(ceiling(flow), ceiling(other))
            let common = list.count { $0.digest <= limit && digests.contains($0.digest) }
            return common > 0 ? (other, common, min(own.count { $0.digest <= limit }, list.count { $0.digest <= limit })) : nil
        }
        return found.sorted { ($1.common, $0.flow) < ($0.common, $1.flow) }
    }

    mutating func forget() {
        gates = []
        numbered = []
        payloads = []
    }
}
