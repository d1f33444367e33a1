/// Every way in which an IPv4 packet is put into a frame by what we read, built by hand from the specifications.
public enum Encapsulations {
    /// One way; `wrap` takes an IPv4 packet and gives what stands in its place.
    public struct Way: Sendable {
        public let name: String
        public let wrap: @Sendable ([UInt8]) -> [UInt8]
    }

    /// A frame and its LINKTYPE_ number.
    public struct Link: Sendable {
        public let name: String
        public let type: UInt32
        public let wrap: @Sendable ([UInt8]) -> [UInt8]
    }

    public static func be16(_ value: Int) -> [UInt8] { CaptureScript.be16(value) }
    public static func be32(_ value: Int) -> [UInt8] { CaptureScript.be32(UInt32(truncatingIfNeeded: value)) }
    private static func zeros(_ count: Int) -> [UInt8] { [UInt8](repeating: 0, count: count) }
    private static func le16(_ value: Int) -> [UInt8] { be16(value).reversed() }
    private static func le32(_ value: Int) -> [UInt8] { be32(value).reversed() }

    /// IPv4 between two routers, 198.51.100.1 and .2.
    public static func ipv4(_ proto: UInt8, _ payload: [UInt8], identification: Int = 9, fragment: Int = 0) -> [UInt8] {
        [0x45, 0] + be16(20 + payload.count) + be16(identification) + be16(fragment) + [64, proto, 0, 0, 198, 51, 100, 1, 198, 51, 100, 2] + payload
    }

    public static func ipv6(_ next: UInt8, _ payload: [UInt8]) -> [UInt8] {
        let address: [UInt8] = [0x20, 1, 0xD, 0xB8] + zeros(11)
        return [0x60, 0, 0, 0] + be16(payload.count) + [next, 64] + address + [1] + address + [2] + payload
    }

    public static func udp(from source: Int = 49_999, to destination: Int, _ payload: [UInt8]) -> [UInt8] {
        ipv4(17, be16(source) + be16(destination) + be16(payload.count + 8) + [0, 0] + payload)
    }

    public static func ethernet(_ type: Int, _ payload: [UInt8]) -> [UInt8] {
        [0x02, 0x42, 1, 2, 3, 4, 0x02, 0x42, 5, 6, 7, 8] + be16(type) + payload
    }

    private static func snap(_ payload: [UInt8]) -> [UInt8] { [0xAA, 0xAA, 3, 0, 0, 0, 8, 0] + payload }
    private static func wireless(_ control: [UInt8], _ body: [UInt8]) -> [UInt8] { wireless(control, [], body) }
    private static func wireless(_ control: [UInt8], _ rest: [UInt8], _ body: [UInt8]) -> [UInt8] { control + zeros(20) + [0x10, 0] + rest + body }
    private static func radiotap(_ header: [UInt8], _ frame: [UInt8]) -> [UInt8] { [0, 0] + le16(header.count + 4) + header + frame }

    private static func chunk(_ type: Int, _ value: [UInt8]) -> [UInt8] { be16(0) + be16(type) + be16(6 + value.count) + value }

    /// HEP version 3 of an IPv4 packet without options that holds UDP; `seconds` and `microseconds` are when the agent saw it.
    public static func hep3(_ packet: [UInt8], seconds: Int, microseconds: Int, proto: UInt8 = 17) -> [UInt8] {
        let isSIP = packet[28] & 0xC0 != 0x80
        let chunks: [[UInt8]] = [
            chunk(1, [2]), chunk(2, [proto]), chunk(3, Array(packet[12..<16])), chunk(4, Array(packet[16..<20])), chunk(7, Array(packet[20..<22])),
            chunk(8, Array(packet[22..<24])), chunk(9, be32(seconds)), chunk(10, be32(microseconds)), chunk(11, [isSIP ? 1 : 4]), chunk(12, be32(2001)),
            chunk(0x11, Array("call-1@client.test".utf8)), chunk(15, Array(packet[28...])),
        ]
        let body = chunks.flatMap(\.self)
        return Array("HEP3".utf8) + be16(6 + body.count) + body
    }

    /// HEP version 1, or 2 with a time that is not read.
    public static func hep(_ version: UInt8, _ packet: [UInt8]) -> [UInt8] {
        [version, 16, 2, 17] + packet[20..<24] + packet[12..<20] + (version == 2 ? zeros(12) : []) + packet[28...]
    }

    /// What Wireshark exports of a UDP payload.
    public static func exported(_ packet: [UInt8]) -> [UInt8] {
        let tags: [[UInt8]] = [
            be16(12) + be16(4) + Array("sip\0".utf8), be16(20) + be16(4) + packet[12..<16], be16(21) + be16(4) + packet[16..<20],
            be16(24) + be16(4) + be32(3), be16(25) + be16(4) + [0, 0] + packet[20..<22], be16(26) + be16(4) + [0, 0] + packet[22..<24], be32(0),
        ]
        return tags.flatMap(\.self) + packet[28...]
    }

    /// Ways from an IPv4 packet to an IPv4 packet.
    public static let tunnels: [Way] = [
        Way(name: "IP in IP") { ipv4(4, $0) },
        Way(name: "IPv4 in IPv6 in IPv4") { ipv4(41, ipv6(4, $0)) },
        Way(name: "GRE") { ipv4(47, [0, 0, 8, 0] + $0) },
        Way(name: "GRE, checksum, key and sequence") { ipv4(47, [0xB0, 0, 8, 0] + zeros(4) + be32(77) + be32(1) + $0) },
        Way(name: "GRE, Ethernet, key") { ipv4(47, [0x20, 0, 0x65, 0x58] + be32(7) + ethernet(0x0800, $0)) },
        Way(name: "GRE, MPLS") { ipv4(47, [0, 0, 0x88, 0x47] + be32(17 << 12 | 0x140) + $0) },
        Way(name: "GRE, PPTP") { ipv4(47, [0x30, 0x81, 0x88, 0x0B] + be16($0.count + 4) + be16(5) + be32(1) + be32(2) + [0xFF, 3, 0, 0x21] + $0) },
        Way(name: "GRE, WCCP") { ipv4(47, [0, 0, 0x88, 0x3E] + zeros(4) + $0) },
        Way(name: "ERSPAN I") { ipv4(47, [0, 0, 0x88, 0xBE] + ethernet(0x0800, $0)) },
        Way(name: "ERSPAN II") { ipv4(47, [0x10, 0, 0x88, 0xBE] + be32(1) + [0x10, 5, 0, 9] + zeros(4) + ethernet(0x0800, $0)) },
        Way(name: "ERSPAN III") { ipv4(47, [0x10, 0, 0x22, 0xEB] + be32(1) + [0x20, 5, 0, 9] + zeros(8) + ethernet(0x0800, $0)) },
        Way(name: "ERSPAN III, platform header") {
            ipv4(47, [0x10, 0, 0x22, 0xEB] + be32(1) + [0x20, 5, 0, 9] + zeros(7) + [1] + zeros(8) + ethernet(0x0800, $0))
        },
        Way(name: "VXLAN") { udp(to: 4789, [8, 0, 0, 0] + be32(4242 << 8) + ethernet(0x0800, $0)) },
        Way(name: "VXLAN, port 8472, VLAN") { udp(to: 8472, [8, 0, 0, 0] + be32(4242 << 8) + ethernet(0x8100, [0, 7, 8, 0] + $0)) },
        Way(name: "VXLAN, group policy") { udp(to: 4789, [0x88, 0, 0, 3] + be32(4242 << 8) + ethernet(0x0800, $0)) },
        Way(name: "VXLAN-GPE, NSH") { udp(to: 4790, [0x0C, 0, 0, 4] + be32(1 << 8) + [0, 2, 2, 1] + be32(9) + $0) },
        Way(name: "Geneve, options") { udp(to: 6081, [2, 0, 0x65, 0x58] + be32(5 << 8) + zeros(8) + ethernet(0x0800, $0)) },
        Way(name: "Geneve, IP") { udp(to: 6081, [0, 0, 8, 0] + be32(5 << 8) + $0) },
        Way(name: "GTP-U") { udp(from: 2152, to: 2152, [0x30, 255] + be16($0.count) + be32(99) + $0) },
        Way(name: "GTP-U, sequence and extension headers") {
            udp(from: 2152, to: 30_000, [0x36, 255] + be16($0.count + 12) + be32(99) + [0, 1, 0, 0x85, 1, 0, 9, 0xC0, 1, 0, 0, 0] + $0)
        },
        Way(name: "TZSP") { udp(to: 37008, [1, 0, 0, 1, 0, 10, 1, 0xC0, 1] + ethernet(0x0800, $0)) },
        Way(name: "TZSP, wireless") { udp(to: 37008, [1, 0, 0, 0x12, 1] + wireless([8, 1], snap($0))) },
        Way(name: "L2TPv2") { udp(from: 1701, to: 1701, [0x48, 2] + be16($0.count + 16) + be32(0x10002) + be32(0) + [0xFF, 3, 0, 0x21] + $0) },
        Way(name: "L2TPv2, offset") { udp(from: 1701, to: 1701, [2, 2] + be32(0x10002) + [0, 2, 0, 0, 0x21] + $0) },
        Way(name: "L2TPv3 over UDP") { udp(from: 1701, to: 1701, [0, 3, 0, 0] + be32(5) + zeros(4) + ethernet(0x0800, $0)) },
        Way(name: "L2TPv3 over IP, cookie of 8") { ipv4(115, be32(5) + [9, 9, 9, 9, 9, 9, 9, 9] + ethernet(0x0800, $0)) },
        Way(name: "Teredo") { udp(to: 3544, ipv6(4, $0)) },
        Way(name: "Teredo, indications") {
            udp(from: 3544, to: 40_000, [0, 1, 1, 1, 5, 6] + zeros(9) + [0, 0, 1, 2, 3, 4, 5, 6] + ipv6(4, $0))
        },
        Way(name: "CAPWAP") { udp(to: 5247, be32(2 << 19 | 1 << 9 | 0x100) + zeros(4) + wireless([8, 2], snap($0))) },
        Way(name: "CAPWAP, swapped frame control") { udp(to: 5247, be32(2 << 19 | 1 << 9 | 0x100) + zeros(4) + wireless([1, 8], snap($0))) },
        Way(name: "GRE in UDP") { udp(to: 4754, [0, 0, 8, 0] + $0) },
        Way(name: "MPLS in UDP") { udp(to: 6635, be32(17 << 12 | 0x140) + $0) },
        Way(name: "MPLS in IP") { ipv4(137, be32(17 << 12 | 0x140) + $0) },
        Way(name: "EtherIP") { ipv4(97, [0x30, 0] + ethernet(0x0800, $0)) },
        Way(name: "AH") { ipv4(51, [4, 4, 0, 0] + zeros(20) + $0) },
        Way(name: "AH in IPv6") { ipv4(41, ipv6(51, [4, 4, 0, 0] + zeros(20) + $0)) },
    ]

    /// Ways from an IPv4 packet to a frame.
    public static let links: [Link] = [
        Link(name: "Ethernet", type: 1) { ethernet(0x0800, $0) },
        Link(name: "802.1Q", type: 1) { ethernet(0x8100, [0, 7, 8, 0] + $0) },
        Link(name: "QinQ", type: 1) { ethernet(0x88A8, [0, 7, 0x91, 0, 0, 8, 0x81, 0, 0, 9, 8, 0] + $0) },
        Link(name: "802.3 SNAP", type: 1) { ethernet(39, snap($0)) },
        Link(name: "VN-Tag", type: 1) { ethernet(0x8926, [0, 0, 0, 3, 0x81, 0, 0, 1, 8, 0] + $0) },
        Link(name: "E-TAG", type: 1) { ethernet(0x893F, zeros(6) + [8, 0] + $0) },
        Link(name: "802.1ah", type: 1) { ethernet(0x88E7, be32(9) + ethernet(0x0800, $0)) },
        Link(name: "FabricPath", type: 1) { ethernet(0x8903, [0, 1] + ethernet(0x0800, $0)) },
        Link(name: "MPLS", type: 1) { ethernet(0x8847, be32(17 << 12 | 0x40) + be32(18 << 12 | 0x140) + $0) },
        Link(name: "MPLS, multicast", type: 1) { ethernet(0x8848, be32(18 << 12 | 0x140) + $0) },
        Link(name: "MPLS, pseudowire", type: 1) { ethernet(0x8847, be32(18 << 12 | 0x140) + ethernet(0x0800, $0)) },
        Link(name: "MPLS, pseudowire, control word", type: 1) { ethernet(0x8847, be32(18 << 12 | 0x140) + be32(0) + ethernet(0x0800, $0)) },
        Link(name: "PPPoE", type: 1) { ethernet(0x8864, [0x11, 0, 0, 1] + be16($0.count + 2) + [0, 0x21] + $0) },
        Link(name: "PPPoE in 802.1Q", type: 1) { ethernet(0x8100, [0, 7, 0x88, 0x64, 0x11, 0, 0, 1] + be16($0.count + 2) + [0, 0x21] + $0) },
        Link(name: "PPP", type: 9) { [0xFF, 3, 0, 0x21] + $0 },
        Link(name: "PPP, compressed", type: 9) { [0x21] + $0 },
        Link(name: "PPP, MPLS", type: 9) { [0xFF, 3, 2, 0x81] + be32(18 << 12 | 0x140) + $0 },
        Link(name: "PPP_HDLC", type: 50) { [0xFF, 3, 0, 0x21] + $0 },
        Link(name: "PPP_HDLC, Cisco", type: 50) { [0x0F, 0, 8, 0] + $0 },
        Link(name: "PPP_ETHER", type: 51) { [0x11, 0, 0, 1] + be16($0.count + 2) + [0, 0x21] + $0 },
        Link(name: "PPP_WITH_DIR", type: 204) { [1, 0xFF, 3, 0, 0x21] + $0 },
        Link(name: "PPP_PPPD", type: 166) { [0, 3, 0, 0x21] + $0 },
        Link(name: "C_HDLC", type: 104) { [0x8F, 0, 8, 0] + $0 },
        Link(name: "FRELAY", type: 107) { [0x18, 0x41, 3, 0xCC] + $0 },
        Link(name: "FRELAY, SNAP", type: 107) { [0x18, 0x41, 3, 0, 0x80, 0, 0, 0, 8, 0] + $0 },
        Link(name: "FRELAY, Cisco", type: 107) { [0x18, 0x41, 8, 0] + $0 },
        Link(name: "FDDI", type: 10) { zeros(13) + snap($0) },
        Link(name: "RAW", type: 101) { $0 }, Link(name: "RAW 12", type: 12) { $0 }, Link(name: "RAW 14", type: 14) { $0 },
        Link(name: "IPV4", type: 228) { $0 },
        Link(name: "NULL", type: 0) { [2, 0, 0, 0] + $0 }, Link(name: "NULL, big-endian", type: 0) { [0, 0, 0, 2] + $0 },
        Link(name: "NULL, Cisco", type: 0) { [0x0F, 0, 8, 0] + $0 }, Link(name: "LOOP", type: 108) { [0, 0, 0, 2] + $0 },
        Link(name: "ENC", type: 109) { [2, 0, 0, 0] + zeros(8) + $0 },
        Link(name: "PFLOG", type: 117) { [61, 2] + zeros(62) + $0 },
        Link(name: "LINUX_SLL", type: 113) { zeros(14) + [8, 0] + $0 },
        Link(name: "LINUX_SLL, 802.1Q", type: 113) { zeros(14) + [0x81, 0, 0, 7, 8, 0] + $0 },
        Link(name: "LINUX_SLL2", type: 276) { [8, 0] + zeros(18) + $0 },
        Link(name: "IEEE802_11", type: 105) { wireless([8, 1], snap($0)) },
        Link(name: "IEEE802_11, QoS", type: 105) { wireless([0x88, 2], [0, 0], snap($0)) },
        Link(name: "IEEE802_11, HT control", type: 105) { wireless([0x88, 0x82], [0, 0] + zeros(4), snap($0)) },
        Link(name: "IEEE802_11, four addresses", type: 105) { wireless([0x88, 3], zeros(6) + [0, 0], snap($0)) },
        Link(name: "IEEE802_11, decrypted by the card", type: 105) { wireless([8, 0x41], zeros(8), snap($0)) },
        Link(name: "IEEE802_11_RADIOTAP", type: 127) { radiotap(zeros(4), wireless([8, 1], snap($0))) },
        Link(name: "IEEE802_11_RADIOTAP, padded", type: 127) {
            radiotap(le32(3 | 1 << 31) + zeros(4) + zeros(4) + zeros(8) + [0x20, 0], wireless([0x88, 2], [0, 0, 0, 0], snap($0)))
        },
        Link(name: "IEEE802_11_PRISM", type: 119) { zeros(144) + wireless([8, 1], snap($0)) },
        Link(name: "IEEE802_11_AVS", type: 163) { be32(0x8021_1001) + be32(64) + zeros(56) + wireless([8, 1], snap($0)) },
        Link(name: "PPI", type: 192) { [0, 0] + le16(8) + le32(105) + wireless([8, 1], snap($0)) },
        Link(name: "PKTAP", type: 258) { le32(108) + le32(1) + le32(1) + zeros(96) + ethernet(0x0800, $0) },
        Link(name: "PKTAP as 149", type: 149) { le32(108) + le32(1) + le32(12) + zeros(96) + $0 },
        Link(name: "ERF", type: 197) { zeros(8) + [0x82, 4] + zeros(6) + zeros(8) + zeros(2) + ethernet(0x0800, $0) },
        Link(name: "NETANALYZER", type: 240) { zeros(4) + ethernet(0x0800, $0) },
        Link(name: "NFLOG", type: 239) { [2, 0, 0, 5] + le16(8) + le16(1) + zeros(4) + le16(5) + le16(10) + zeros(4) + le16($0.count + 4) + le16(9) + $0 },
        Link(name: "NFLOG, big-endian", type: 239) { [2, 0, 0, 5] + be16(8) + be16(1) + zeros(4) + be16($0.count + 4) + be16(9) + $0 },
    ]
}

extension CaptureScript {
    /// The frames, which are Ethernet with IPv4, each put into another link layer or tunnel; as a nanosecond pcap file.
    public func pcap(linkType: UInt32, _ wrap: (_ packet: [UInt8], _ frame: Frame) -> [[UInt8]]) -> [UInt8] {
        var out = Array(Self.header.dropLast(4)) + Self.le32(Int(linkType))
        for frame in frames.sorted(by: { $0.microseconds < $1.microseconds }) {
            for octets in wrap(Array(frame.octets.dropFirst(14)), frame) {
                out += Self.le32(Self.epoch + frame.microseconds / 1_000_000) + Self.le32(frame.microseconds % 1_000_000 * 1000)
                out += Self.le32(octets.count) + Self.le32(octets.count) + octets
            }
        }
        return out
    }
}
