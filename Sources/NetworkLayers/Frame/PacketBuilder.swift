package import Evidence

/// Packets made anew around a payload, for captures that are written.
package enum PacketBuilder {
    /// An IPv4 or IPv6 packet with a UDP datagram, lengths and checksums right (RFC 768, 791, 8200). Nil where the payload is too long.
    package static func datagram(_ path: NetworkPath, _ payload: [UInt8]) -> [UInt8]? {
        let length = payload.count + 8
        guard length + 20 <= 0xFFFF else { return nil }
        let isVersion4 = path.source.address.family == 4
        let source = octets(path.source.address)
        let destination = octets(path.destination.address)
        var udp = be16(path.source.port) + be16(path.destination.port) + be16(UInt16(length)) + [0, 0] + payload
        let pseudo = source + destination + (isVersion4 ? [0, 17] + be16(UInt16(length)) : [0, 0] + be16(UInt16(length)) + [0, 0, 0, 17])
        let sum = checksum(pseudo + udp)
        // RFC 768: a sum of zero is sent as all ones.
        udp.replaceSubrange(6..<8, with: be16(sum == 0 ? 0xFFFF : sum))
        guard isVersion4 else { return [0x60, 0, 0, 0] + be16(UInt16(length)) + [17, 64] + source + destination + udp }
        var head: [UInt8] = [0x45, 0] + be16(UInt16(length + 20)) + [0, 0, 0x40, 0, 64, 17, 0, 0] + source + destination
        head.replaceSubrange(10..<12, with: be16(checksum(head)))
        return head + udp
    }

    /// A SIP message as Wireshark exports PDUs (LINKTYPE_WIRESHARK_UPPER_PDU, 252): its dissector's name, the endpoints, the octets.
    package static func exportedSIP(_ path: NetworkPath, _ message: [UInt8]) -> [UInt8] {
        func tag(_ number: UInt16, _ value: [UInt8]) -> [UInt8] {
            let padding = [UInt8](repeating: 0, count: (4 - value.count & 3) & 3)
            return be16(number) + be16(UInt16(value.count + padding.count)) + value + padding
        }
        func port(_ value: UInt16) -> [UInt8] { [0, 0] + be16(value) }
        let isVersion4 = path.source.address.family == 4
        return tag(12, Array("sip".utf8)) + tag(isVersion4 ? 20 : 22, octets(path.source.address)) + tag(isVersion4 ? 21 : 23, octets(path.destination.address))
            + tag(24, [0, 0, 0, 2]) + tag(25, port(path.source.port)) + tag(26, port(path.destination.port)) + [0, 0, 0, 0] + message
    }

    private static func octets(_ address: IPAddress) -> [UInt8] {
        func split(_ value: UInt64, _ count: Int) -> [UInt8] { (0..<count).map { UInt8(truncatingIfNeeded: value >> UInt64(8 * (count - 1 - $0))) } }
        return address.family == 4 ? split(address.low, 4) : split(address.high, 8) + split(address.low, 8)
    }

    private static func be16(_ value: UInt16) -> [UInt8] { [UInt8(value >> 8), UInt8(value & 255)] }

    /// The internet checksum (RFC 1071).
    private static func checksum(_ octets: [UInt8]) -> UInt16 {
        var sum: UInt32 = 0
        var index = 0
        while index < octets.count {
            sum += UInt32(octets[index]) << 8 | UInt32(index + 1 < octets.count ? octets[index + 1] : 0)
            index += 2
        }
        while sum > 0xFFFF { sum = sum & 0xFFFF + sum >> 16 }
        return ~UInt16(sum)
    }
}
