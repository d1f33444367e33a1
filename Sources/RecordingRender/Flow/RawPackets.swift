import Evidence
import RTPSyntax

/// Packets of payload types that nothing here decodes, kept as they were sent, decrypted: the body of an rtpdump file (format 1.0 of rtptools).
///
///     #!rtpplay1.0 ADDRESS/PORT\n
///     start seconds, microseconds, address (0 for IPv6)    32 bits each;  port, 0   16 bits each
///     each packet: length with these 8 octets, length of the packet   16 bits each;  milliseconds since the start   32 bits;  the RTP packet
struct RawPackets {
    /// Octets kept of a flow.
    private static let limit = 32 << 20

    private(set) var octets: [UInt8] = []
    private(set) var packets = 0
    private(set) var refused = 0
    private let start: CaptureTime

    init(path: NetworkPath, start: CaptureTime) {
        self.start = start
        octets = Array("#!rtpplay1.0 \(path.source.address)/\(path.source.port)\n".utf8)
        let (seconds, rest) = start.nanoseconds.quotientAndRemainder(dividingBy: 1_000_000_000)
        append32(UInt32(truncatingIfNeeded: seconds))
        append32(UInt32(truncatingIfNeeded: max(0, rest) / 1000))
        append32(0)
        append16(Int(path.source.port))
        append16(0)
    }

    /// `payload` is what the packet carried, in clear and without padding.
    mutating func append(_ arrived: ArrivedPacket, payload: RawSpan) {
        let (packet, header) = (arrived.octets, arrived.header)
        let length = header.headerLength + payload.byteCount
        guard length + 8 <= 0xFFFF, octets.count + length + 8 <= Self.limit, header.headerLength <= packet.byteCount else {
            refused += 1
            return
        }
        packets += 1
        append16(length + 8)
        append16(length)
        append32(UInt32(clamping: Int64(max(0, arrived.time.seconds(since: start)) * 1000)))
        // The padding is gone, so the flag that announces it goes, too.
        octets.append(packet.u8(0) & 0xDF)
        for index in 1..<header.headerLength { octets.append(packet.u8(index)) }
        octets += payload.array
    }

    private mutating func append16(_ value: Int) {
        octets.append(UInt8(truncatingIfNeeded: value >> 8))
        octets.append(UInt8(truncatingIfNeeded: value))
    }

    private mutating func append32(_ value: UInt32) {
        append16(Int(value >> 16))
        append16(Int(value & 0xFFFF))
    }
}
