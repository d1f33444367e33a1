package import Evidence

/// RTCP packets that do not read as such and may be SRTCP (RFC 3711 section 3.4): kept until the keys are known.
///
/// Of each path the first packets, then ever fewer, and always the last one, which may say goodbye. Bound: `limit` octets for all.
package struct ControlSamples: Sendable {
    package struct Packet: Sendable {
        package let path: NetworkPath
        package let time: CaptureTime
        package let origin: Origin
        package let octets: [UInt8]

        /// Who sent it: the first eight octets stay in clear.
        package var ssrc: SSRC { SSRC(unsafe octets.span.bytes.be32(4)) }
    }

    private struct Kept {
        var seen = 0
        var packets: [Packet] = []
        var last: Packet?
    }

    private var paths: [NetworkPath: Kept] = [:]
    private var octets = 0
    private let limit: Int
    /// Of each path, before they are thinned out.
    private static let first = 16
    private static let longest = 1500

    init(limit: Int) { self.limit = limit }

    mutating func add(_ path: NetworkPath, _ packet: RawSpan, at time: CaptureTime, origin: Origin) {
        guard packet.byteCount <= Self.longest, octets + packet.byteCount <= limit else { return }
        var kept = paths[path] ?? Kept()
        kept.seen += 1
        let sample = Packet(path: path, time: time, origin: origin, octets: packet.array)
        if kept.seen <= Self.first || kept.seen & (kept.seen - 1) == 0 {
            kept.packets.append(sample)
            octets += packet.byteCount
        } else {
            octets += packet.byteCount - (kept.last?.octets.count ?? 0)
            kept.last = sample
        }
        paths[path] = kept
    }

    /// The packets of each source, in order of time.
    package func bySource() -> [SSRC: [Packet]] {
        var out: [SSRC: [Packet]] = [:]
        for kept in paths.values { for packet in kept.packets + [kept.last].compactMap(\.self) { out[packet.ssrc, default: []].append(packet) } }
        return out.mapValues { $0.sorted { ($0.time, $0.path.source, $0.path.destination) < ($1.time, $1.path.source, $1.path.destination) } }
    }

    /// The packets of each path, in order of time.
    package var byPath: [NetworkPath: [Packet]] { paths.mapValues { $0.packets + [$0.last].compactMap(\.self) } }

    mutating func forget() { paths = [:] }
}
