public import Evidence

/// The RTP fixed header with what follows it up to the payload (RFC 3550 section 5.1).
///
///      0                   1                   2                   3
///      0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
///     |V=2|P|X|  CC   |M|     PT      |       sequence number         |
///     |                           timestamp                           |
///     |                             SSRC                              |
///     |                CSRC, 0 to 15 times 4 octets                   |
///     |   extension profile, X only   |    length in 32-bit words     |
@frozen
@usableFromInline
package struct RTPHeader: Sendable, Equatable {
    @usableFromInline package let sequence: SequenceNumber
    @usableFromInline package let payloadType: PayloadType
    /// CC, V, P and X as they were on the wire: one octet keeps the value small.
    @usableFromInline let firstOctet: UInt8
    @usableFromInline package let marker: Bool
    @usableFromInline package let timestamp: RTPTimestamp
    @usableFromInline package let ssrc: SSRC
    /// The 16 bits "defined by profile"; 0 without an extension.
    @usableFromInline package let extensionProfile: UInt16
    /// Length field of the extension, in 32-bit words.
    @usableFromInline let extensionWords: UInt16

    /// Octets of the fixed header (RFC 3550 section 5.1).
    @inlinable package static var fixedLength: Int { 12 }

    /// Reads the header of the packet that is `count` octets from `start`. Nil unless the version is 2 and header, CSRC list and extension fit.
    @inlinable @inline(__always)
    package init?(parsing bytes: RawSpan, at start: Int, count: Int) {
        guard start >= 0, count >= 12, start <= bytes.byteCount - count else { return nil }
        let first = bytes.u8(start)
        guard first >> 6 == 2 else { return nil }
        let second = bytes.u8(start + 1)
        firstOctet = first
        marker = second >= 0x80
        payloadType = PayloadType(second)
        sequence = SequenceNumber(bytes.be16(start + 2))
        timestamp = RTPTimestamp(bytes.be32(start + 4))
        ssrc = SSRC(bytes.be32(start + 8))
        var length = 12 + 4 * Int(first & 15)
        if first & 0x10 != 0 {
            guard length + 4 <= count else { return nil }
            extensionProfile = bytes.be16(start + length)
            extensionWords = bytes.be16(start + length + 2)
            length += 4 + 4 * Int(extensionWords)
        } else {
            extensionProfile = 0
            extensionWords = 0
        }
        guard length <= count else { return nil }
    }

    /// P: the payload ends with padding (inside the ciphertext when the packet is SRTP).
    @inlinable package var padding: Bool { firstOctet & 0x20 != 0 }
    /// X: a header extension follows the CSRC list.
    @inlinable package var hasExtension: Bool { firstOctet & 0x10 != 0 }
    /// CC: contributing sources listed, 0 to 15.
    @inlinable package var csrcCount: Int { Int(firstOctet & 15) }
    /// Octets of extension data, without its four-octet head.
    @inlinable package var extensionLength: Int { 4 * Int(extensionWords) }
    /// Octets before the payload: fixed header, CSRC list and extension.
    @inlinable package var headerLength: Int { 12 + 4 * csrcCount + (hasExtension ? 4 + extensionLength : 0) }

    /// Octets of payload in a packet of `total` octets at `start`, without padding.
    ///
    /// Nil when the padding count is a lie: zero, or more than there is behind the header (RFC 3550 appendix A.1).
    @inlinable
    package func payloadCount(total: Int, bytes: RawSpan, at start: Int = 0) -> Int? {
        let room = total - headerLength
        guard room >= 0, start >= 0, start <= bytes.byteCount - total else { return nil }
        guard padding else { return room }
        guard room >= 1 else { return nil }
        return unpadded(room, lastOctet: bytes.u8(start + total - 1))
    }

    /// Octets of a decrypted payload of `count` octets that ends with `lastOctet`, without padding; nil when the padding count is a lie.
    @inlinable
    package func unpadded(_ count: Int, lastOctet: UInt8) -> Int? {
        guard padding else { return count }
        let pad = Int(lastOctet)
        return pad >= 1 && pad <= count ? count - pad : nil
    }
}
