import Evidence

/// The Homer Encapsulation Protocol, by which SIP servers and capture agents copy what they see to a collector.
///
/// Version 3 (EEP): `HEP3`, total length 2, then chunks: vendor 2, type 2, length 2 with these 6 octets, value. It is known by its first octets,
/// on any port. Versions 1 and 2: version 1, header length 1, address family 1, protocol 1, ports 4, addresses; version 2 adds a time of 12 octets in the
/// byte order of the sender, which nothing tells, so that the packet's own time is used.
enum HEP {
    static func step(_ bytes: RawSpan, start: Int, declared: Int) -> InnerStep? {
        guard bytes.byteCount - start >= 6 else { return nil }
        if bytes.be32(start) == 0x4845_5033 { return third(bytes, start: start, declared: declared) }
        return bytes.u8(start) == 1 || bytes.u8(start) == 2 ? first(bytes, start: start, declared: declared) : nil
    }

    private static func third(_ bytes: RawSpan, start: Int, declared: Int) -> InnerStep? {
        let length = Int(bytes.be16(start + 4))
        // Some agents leave out what a message of more than 65,535 octets, or one sent alone in a datagram, has no use for.
        let end = length >= 6 && length <= declared ? start + length : start + declared
        var source: IPAddress?
        var destination: IPAddress?
        var sourcePort: UInt16 = 0
        var destinationPort: UInt16 = 0
        var proto: UInt8 = 0
        var seconds: UInt32 = 0
        var microseconds: UInt32 = 0
        var payload: (start: Int, declared: Int)?
        var packed: (start: Int, declared: Int)?
        var correlation = 0..<0
        var at = start + 6
        while at + 6 <= end, bytes.byteCount - at >= 6 {
            let size = Int(bytes.be16(at + 4))
            guard size >= 6, at + size <= end else { break }
            let value = at + 6
            let count = size - 6
            let isWhole = value + count <= bytes.byteCount
            // Vendor 0 is the specification's own chunks.
            if bytes.be16(at) == 0 {
                switch (bytes.be16(at + 2), count) {
                case (0x0002, 1) where isWhole: proto = bytes.u8(value)
                case (0x0003, 4) where isWhole: source = IPAddress(v4: bytes.be32(value))
                case (0x0004, 4) where isWhole: destination = IPAddress(v4: bytes.be32(value))
                case (0x0005, 16) where isWhole: source = IPAddress(v6High: bytes.be64(value), low: bytes.be64(value + 8))
                case (0x0006, 16) where isWhole: destination = IPAddress(v6High: bytes.be64(value), low: bytes.be64(value + 8))
                case (0x0007, 2) where isWhole: sourcePort = bytes.be16(value)
                case (0x0008, 2) where isWhole: destinationPort = bytes.be16(value)
                case (0x0009, 4) where isWhole: seconds = bytes.be32(value)
                case (0x000A, 4) where isWhole: microseconds = bytes.be32(value)
                case (0x000F, _): payload = (value, count)
                case (0x0010, _): packed = (value, count)
                case (0x0011, _) where isWhole: correlation = value..<value + count
                default: break
                }
            }
            at += size
        }
        guard let source, let destination else { return nil }
        guard let content = payload ?? packed else { return nil }
        let time = seconds == 0 ? nil : CaptureTime(nanoseconds: Int64(seconds) * 1_000_000_000 + Int64(microseconds % 1_000_000) * 1000)
        return .message(
            CapturedMessage(
                source: Endpoint(source, sourcePort), destination: Endpoint(destination, destinationPort), proto: proto, time: time,
                payloadStart: content.start, payloadCount: min(content.declared, max(0, bytes.byteCount - content.start)),
                declaredCount: content.declared, correlation: correlation, isCompressed: payload == nil))
    }

    private static func first(_ bytes: RawSpan, start: Int, declared: Int) -> InnerStep? {
        let room = bytes.byteCount - start
        guard room >= 16 else { return nil }
        let header = Int(bytes.u8(start + 1))
        let proto = bytes.u8(start + 3)
        let source: IPAddress
        let destination: IPAddress
        switch (header, bytes.u8(start + 2)) {
        case (16, 2):
            source = IPAddress(v4: bytes.be32(start + 8))
            destination = IPAddress(v4: bytes.be32(start + 12))
        case (40, 10), (40, 23), (40, 24), (40, 28), (40, 30):
            guard room >= 40 else { return nil }
            source = IPAddress(v6High: bytes.be64(start + 8), low: bytes.be64(start + 16))
            destination = IPAddress(v6High: bytes.be64(start + 24), low: bytes.be64(start + 32))
        default: return nil
        }
        let length = header + (bytes.u8(start) == 2 ? 12 : 0)
        guard proto == 17 || proto == 6 || proto == 132, declared > length, room > length else { return nil }
        return .message(
            CapturedMessage(
                source: Endpoint(source, bytes.be16(start + 4)), destination: Endpoint(destination, bytes.be16(start + 6)), proto: proto, time: nil,
                payloadStart: start + length, payloadCount: room - length, declaredCount: declared - length))
    }
}

extension CapturedMessage {
    /// One whole HEP packet of version 3, such as a collector's TCP stream is a sequence of; nil for anything else. Offsets are in `bytes`.
    package init?(hep bytes: RawSpan) {
        guard bytes.byteCount >= 6, bytes.be32(0) == 0x4845_5033,
            case .message(let message) = HEP.step(bytes, start: 0, declared: bytes.byteCount)
        else { return nil }
        self = message
    }
}
