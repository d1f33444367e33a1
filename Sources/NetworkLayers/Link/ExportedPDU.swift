import Evidence

/// LINKTYPE_WIRESHARK_UPPER_PDU (252): what Wireshark exports, for example SIP that it decrypted. Tags: number 2, length 2, value; 0 ends them.
enum ExportedPDU {
    /// Wireshark's numbers of transports to IANA's: SCTP, TCP, UDP.
    private static let transports: [UInt32: UInt8] = [1: 132, 2: 6, 3: 17]

    static func step(_ bytes: RawSpan, start: Int) -> InnerStep {
        var at = start
        var source = IPAddress(v4: 0)
        var destination = IPAddress(v4: 0)
        var ports: (source: UInt32, destination: UInt32) = (0, 0)
        var proto: UInt8 = 0
        while true {
            guard bytes.byteCount - at >= 4 else { return .stop(.truncated(at)) }
            let tag = bytes.be16(at)
            let count = Int(bytes.be16(at + 2))
            at += 4
            if tag == 0 { break }
            guard bytes.byteCount - at >= count else { return .stop(.truncated(at)) }
            switch (tag, count) {
            case (20, 4): source = IPAddress(v4: bytes.be32(at))
            case (21, 4): destination = IPAddress(v4: bytes.be32(at))
            case (22, 16): source = IPAddress(v6High: bytes.be64(at), low: bytes.be64(at + 8))
            case (23, 16): destination = IPAddress(v6High: bytes.be64(at), low: bytes.be64(at + 8))
            case (24, 4): proto = transports[bytes.be32(at)] ?? 0
            case (25, 4): ports.source = bytes.be32(at)
            case (26, 4): ports.destination = bytes.be32(at)
            default: break
            }
            at += count
        }
        let count = bytes.byteCount - at
        return .message(
            CapturedMessage(
                source: Endpoint(source, UInt16(truncatingIfNeeded: ports.source)),
                destination: Endpoint(destination, UInt16(truncatingIfNeeded: ports.destination)), proto: proto, time: nil,
                payloadStart: at, payloadCount: count, declaredCount: count))
    }
}
