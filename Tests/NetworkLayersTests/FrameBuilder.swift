import Evidence
import NetworkLayers

/// Builds frames for tests; checksums stay 0, which must not matter.
enum FrameBuilder {
    static let client = IPAddress(v4: 0x0A00_0001)
    static let server = IPAddress(v4: 0x0A00_0002)
    static let client6 = IPAddress(v6High: 0x2001_0DB8_0000_0000, low: 1)
    static let server6 = IPAddress(v6High: 0x2001_0DB8_0000_0000, low: 2)

    static func be16(_ value: Int) -> [UInt8] { [UInt8(value >> 8 & 255), UInt8(value & 255)] }
    static func be32(_ value: UInt32) -> [UInt8] { be16(Int(value >> 16)) + be16(Int(value & 0xFFFF)) }
    static func octets(_ address: IPAddress) -> [UInt8] {
        if address.family == 4 { return be32(UInt32(address.low)) }
        return [address.high, address.low].flatMap { half in (0..<8).map { UInt8(half >> UInt64(56 - 8 * $0) & 255) } }
    }

    static func udp(_ payload: [UInt8], from source: Int = 5060, to destination: Int = 5061, length: Int? = nil) -> [UInt8] {
        be16(source) + be16(destination) + be16(length ?? payload.count + 8) + [0, 0] + payload
    }

    static func tcp(_ payload: [UInt8], sequence: UInt32, acknowledgement: UInt32 = 0, flags: UInt8 = 0x10, options: [UInt8] = []) -> [UInt8] {
        be16(5060) + be16(40000) + be32(sequence) + be32(acknowledgement) + [UInt8((20 + options.count) / 4) << 4, flags, 1, 0, 0, 0, 0, 0] + options
            + payload
    }

    static func ipv4(
        _ payload: [UInt8], proto: UInt8 = 17, total: Int? = nil, identification: Int = 1, fragment: Int = 0, options: [UInt8] = []
    ) -> [UInt8] {
        let header = 20 + options.count
        return [0x40 | UInt8(header / 4), 0] + be16(total ?? header + payload.count) + be16(identification) + be16(fragment) + [64, proto, 0, 0]
            + octets(client) + octets(server) + options + payload
    }

    static func ipv6(_ payload: [UInt8], next: UInt8 = 17, length: Int? = nil) -> [UInt8] {
        [0x60, 0, 0, 0] + be16(length ?? payload.count) + [next, 64] + octets(client6) + octets(server6) + payload
    }

    static func ethernet(_ payload: [UInt8], type: Int = 0x0800, tags: [Int] = []) -> [UInt8] {
        [UInt8](repeating: 2, count: 12) + tags.flatMap { be16($0) + be16(7) } + be16(type) + payload
    }
}
