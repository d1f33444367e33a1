package import Evidence

/// A STUN message (RFC 8489 section 5), as far as media needs it: type, transaction and attributes.
///
///      0 type   2 length of what follows the head   4 magic cookie 2112A442   8 transaction 12   20 attributes: type 2, length 2, value, padding
package struct STUNMessage: Sendable, Equatable {
    /// Class and method (RFC 8489 section 5), for example 0x0103 for the success of Allocate.
    package let type: UInt16
    /// Octets of the whole message.
    package let count: Int

    package static var cookie: UInt32 { 0x2112_A442 }

    /// Whether a datagram is exactly one STUN message: the length fits and the cookie is there.
    @inlinable
    package static func looksLikeSTUN(_ bytes: RawSpan) -> Bool {
        bytes.byteCount >= 20 && bytes.u8(0) < 4 && bytes.be32(4) == 0x2112_A442 && bytes.be16(2) & 3 == 0 && Int(bytes.be16(2)) + 20 == bytes.byteCount
    }

    /// Nil unless `bytes` is exactly one message.
    package init?(_ bytes: RawSpan) {
        guard Self.looksLikeSTUN(bytes) else { return nil }
        type = bytes.be16(0)
        count = bytes.byteCount
    }

    /// Where the value of the first attribute of a type lies in the message; nil when there is none or it does not fit.
    package func attribute(_ wanted: UInt16, in bytes: RawSpan) -> Range<Int>? {
        var index = 20
        while index + 4 <= bytes.byteCount {
            let length = Int(bytes.be16(index + 2))
            guard index + 4 + length <= bytes.byteCount else { return nil }
            if bytes.be16(index) == wanted { return index + 4..<index + 4 + length }
            index += 4 + (length + 3) / 4 * 4
        }
        return nil
    }

    /// An address of the XOR kind (RFC 8489 section 14.2): 0 reserved, 1 family, 2 port, 4 address.
    package func address(_ wanted: UInt16, in bytes: RawSpan) -> Endpoint? {
        guard let range = attribute(wanted, in: bytes), range.count >= 8 else { return nil }
        let start = range.lowerBound
        let port = bytes.be16(start + 2) ^ 0x2112
        switch bytes.u8(start + 1) {
        case 1: return Endpoint(IPAddress(v4: bytes.be32(start + 4) ^ Self.cookie), port)
        case 2:
            guard range.count >= 20 else { return nil }
            return Endpoint(IPAddress(v6High: bytes.be64(start + 4) ^ bytes.be64(4), low: bytes.be64(start + 12) ^ bytes.be64(12)), port)
        default: return nil
        }
    }
}
