import TestSupport

extension Capture {
    /// The frames of both in order of time; `other` begins `offset` nanoseconds after this one.
    func merged(with other: Capture, offset: Int64) -> Capture {
        Capture(linkType: linkType, frames: frames + other.shifted(by: start + offset - other.start).frames).sorted()
    }
}

/// A renaming of ports of media: in UDP headers and in what session descriptions announce. New ones have as many digits.
struct PortRenaming: Sendable {
    let names: [Int: Int]
    /// Whether packets themselves have the new ports, or only texts, as behind a NAT.
    var isOfPackets = true

    func applied(to capture: Capture) -> Capture {
        Capture(
            linkType: capture.linkType,
            frames: capture.frames.map { frame in
                guard let packet = Packet(frame.octets, linkType: capture.linkType), packet.proto == 17 else { return frame }
                var changed = frame.octets
                if isOfPackets, !packet.isFragment {
                    if let name = names[packet.source.port] { changed.put16(name, at: packet.transport) }
                    if let name = names[packet.destination.port] { changed.put16(name, at: packet.transport + 2) }
                }
                guard packet.payload.count > 12, changed[packet.payload.lowerBound] >> 6 == 1 else {
                    return Frame(time: frame.time, octets: changed, original: frame.original).withChecksums(packet.network)
                }
                for mark in ["\nm=audio ", "\nm=video ", "\na=rtcp:"].map({ Array($0.utf8) }) {
                    NumberNames.replace(after: mark, by: names, in: &changed, packet.payload)
                }
                return Frame(time: frame.time, octets: changed, original: frame.original).withChecksums(packet.network)
            })
    }
}

extension Capture {
    /// Ports of RTP packets and of their RTCP, by the address that has them, in order of appearance.
    func mediaPorts() -> [[UInt8]: [Int]] {
        var ports: [[UInt8]: [Int]] = [:]
        for (flow, _) in flows() {
            for end in [flow.source, flow.destination] where !(ports[end.address, default: []].contains(end.port)) {
                ports[end.address, default: []].append(end.port)
            }
        }
        return ports
    }
}
