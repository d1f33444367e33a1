import Evidence

/// Logical link control and the Subnetwork Access Protocol (IEEE 802.2, RFC 1042): AA AA 03, organization 3, EtherType 2.
@usableFromInline
enum SNAP {
    /// Octets of an LLC header with SNAP.
    static let length = 8

    /// The EtherType of a SNAP header at `start`; nil for anything else.
    static func etherType(_ bytes: RawSpan, at start: Int) -> UInt16? {
        guard bytes.byteCount - start >= length, bytes.be32(start) & 0xFFFF_FF00 == 0xAAAA_0300 else { return nil }
        // 00-00-00 by RFC 1042; 00-00-F8 for bridged tunnels of IEEE 802.1H.
        let organization = bytes.be32(start) & 0xFF | UInt32(bytes.be16(start + 4))
        guard organization == 0 || organization == 0xF8 else { return nil }
        return bytes.be16(start + 6)
    }

    static func step(_ bytes: RawSpan, start: Int) -> InnerStep {
        guard bytes.byteCount - start >= length else { return .stop(.truncated(start)) }
        if let type = etherType(bytes, at: start) { return .inner(.etherType(type), start: start + length) }
        return .stop(.notIP(bytes.be16(start)))
    }
}
