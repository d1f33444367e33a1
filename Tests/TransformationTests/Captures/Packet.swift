import TestSupport

/// Where the layers of one frame lie. Reads what the captures of this repository need: Ethernet with tags, Linux cooked, raw IP; no tunnel.
struct Packet {
    /// Index of the IP header.
    let network: Int
    let isIPv6: Bool
    /// 6 or 17; others as they are.
    let proto: UInt8
    let isFragment: Bool
    /// Index of the TCP or UDP header.
    let transport: Int
    let payload: Range<Int>
    /// Where the packet ends as its IP header says, though the frame may end before.
    let declaredEnd: Int
    let source: Endpoint
    let destination: Endpoint

    struct Endpoint: Hashable, Sendable {
        let address: [UInt8]
        let port: Int
    }

    static func networkOffset(_ linkType: UInt32, _ octets: [UInt8]) -> Int? {
        switch linkType {
        case 1:
            var at = 12
            while at + 4 <= octets.count, [0x8100, 0x88A8, 0x9100].contains(octets.be16(at)) { at += 4 }
            guard at + 2 <= octets.count, [0x0800, 0x86DD].contains(octets.be16(at)) else { return nil }
            return at + 2
        case 113: return 16
        case 276: return 20
        case 0, 108: return 4
        case 12, 14, 101, 228, 229: return 0
        default: return nil
        }
    }

    init?(_ octets: [UInt8], linkType: UInt32) {
        guard let network = Self.networkOffset(linkType, octets), octets.count >= network + 20 else { return nil }
        self.network = network
        isIPv6 = octets[network] >> 4 == 6
        let addressLength = isIPv6 ? 16 : 4
        let addresses = network + (isIPv6 ? 8 : 12)
        let end: Int
        if isIPv6 {
            guard octets.count >= network + 40 else { return nil }
            proto = octets[network + 6]
            isFragment = proto == 44
            transport = network + 40
            end = transport + octets.be16(network + 4)
        } else {
            guard octets[network] >> 4 == 4 else { return nil }
            proto = octets[network + 9]
            isFragment = octets.be16(network + 6) & 0x3FFF != 0
            transport = network + Int(octets[network] & 15) * 4
            end = network + octets.be16(network + 2)
        }
        let hasPorts = (proto == 6 || proto == 17) && !isFragment && octets.count >= transport + 8
        let headerLength = !hasPorts ? 0 : proto == 17 ? 8 : octets.count > transport + 12 ? Int(octets[transport + 12] >> 4) * 4 : 20
        guard transport + headerLength <= min(end, octets.count) else { return nil }
        payload = (transport + headerLength)..<min(end, octets.count)
        declaredEnd = end
        source = Endpoint(address: Array(octets[addresses..<(addresses + addressLength)]), port: hasPorts ? octets.be16(transport) : 0)
        destination = Endpoint(
            address: Array(octets[(addresses + addressLength)..<(addresses + 2 * addressLength)]), port: hasPorts ? octets.be16(transport + 2) : 0)
    }
}

/// The parts of an RTP or RTCP packet that transformations need (RFC 3550 sections 5.1 and 6.4).
struct MediaFlow: Hashable, Sendable, Comparable {
    let source: Packet.Endpoint
    let destination: Packet.Endpoint
    let ssrc: Int

    private var key: [Int] { [ssrc, source.port, destination.port] + (source.address + destination.address).map(Int.init) }
    static func < (left: Self, right: Self) -> Bool { left.key.lexicographicallyPrecedes(right.key) }
}

extension Frame {
    enum Media: Equatable {
        case rtp(MediaFlow)
        case rtcp(MediaFlow)

        var rtp: MediaFlow? { if case .rtp(let flow) = self { flow } else { nil } }
    }

    /// What the frame carries, told by its first octets as RFC 7983 and RFC 5761 do.
    func media(_ linkType: UInt32) -> (packet: Packet, media: Media)? {
        guard let packet = Packet(octets, linkType: linkType), packet.proto == 17, !packet.isFragment, packet.payload.count >= 8 else { return nil }
        let start = packet.payload.lowerBound
        guard octets[start] >> 6 == 2, packet.destination.port != 53 else { return nil }
        let isRTCP = (192...223).contains(octets[start + 1])
        if !isRTCP, packet.payload.count < 12 { return nil }
        let ssrc = octets.be32(start + (isRTCP ? 4 : 8))
        let flow = MediaFlow(source: packet.source, destination: packet.destination, ssrc: ssrc)
        return (packet, isRTCP ? .rtcp(flow) : .rtp(flow))
    }

    /// The same frame with another UDP payload; lengths and checksums are made anew.
    func replacingPayload(_ packet: Packet, with payload: [UInt8]) -> Frame {
        var changed = Array(octets[..<packet.payload.lowerBound]) + payload
        let length = payload.count + 8
        changed.put16(length, at: packet.transport + 4)
        changed.put16(packet.isIPv6 ? length : length + packet.transport - packet.network, at: packet.network + (packet.isIPv6 ? 4 : 2))
        return Frame(time: time, octets: changed).withChecksums(packet.network)
    }

    /// Header checksum of IPv4, and that of UDP or TCP (RFC 791, RFC 768, RFC 9293). Of a fragment only the first.
    func withChecksums(_ network: Int) -> Frame {
        var changed = octets
        let isIPv6 = changed[network] >> 4 == 6
        let transport = network + (isIPv6 ? 40 : Int(changed[network] & 15) * 4)
        guard transport <= changed.count else { return self }
        if !isIPv6 {
            changed.put16(0, at: network + 10)
            changed.put16(internetChecksum(changed[network..<transport]), at: network + 10)
            if changed.be16(network + 6) & 0x3FFF != 0 { return Frame(time: time, octets: changed, original: original) }
        }
        let proto = changed[network + (isIPv6 ? 6 : 9)]
        let field = transport + (proto == 17 ? 6 : 16)
        let end = isIPv6 ? transport + changed.be16(network + 4) : network + changed.be16(network + 2)
        guard proto == 17 || proto == 6, field + 2 <= end, end <= changed.count else { return Frame(time: time, octets: changed, original: original) }
        // No sum is none in IPv4.
        if proto == 17, !isIPv6, changed.be16(field) == 0 { return Frame(time: time, octets: changed, original: original) }
        changed.put16(0, at: field)
        let addresses = changed[(network + (isIPv6 ? 8 : 12))..<(network + (isIPv6 ? 40 : 20))]
        let pseudo = Array(addresses) + [0, proto] + CaptureScript.be16(end - transport)
        let sum = internetChecksum(ArraySlice(pseudo + changed[transport..<end]))
        changed.put16(sum == 0 && proto == 17 ? 0xFFFF : sum, at: field)
        return Frame(time: time, octets: changed, original: original)
    }
}

/// RFC 1071.
private func internetChecksum(_ octets: ArraySlice<UInt8>) -> Int {
    var sum = 0
    var isHigh = true
    for octet in octets {
        sum += isHigh ? Int(octet) << 8 : Int(octet)
        isHigh.toggle()
    }
    while sum > 0xFFFF { sum = (sum & 0xFFFF) + sum >> 16 }
    return ~sum & 0xFFFF
}

extension [UInt8] {
    func be16(_ at: Int) -> Int { Int(self[at]) << 8 | Int(self[at + 1]) }
    func be32(_ at: Int) -> Int { be16(at) << 16 | be16(at + 2) }
    mutating func put16(_ value: Int, at index: Int) {
        self[index] = UInt8(truncatingIfNeeded: value >> 8)
        self[index + 1] = UInt8(truncatingIfNeeded: value)
    }
    mutating func put32(_ value: Int, at index: Int) {
        put16(value >> 16, at: index)
        put16(value, at: index + 2)
    }
}
