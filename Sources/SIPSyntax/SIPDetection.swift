import Evidence

extension SIPMessage {
    /// Whether a payload begins like SIP: a status line, or a request line whose end names the version (RFC 3261 sections 7.1, 7.2).
    ///
    /// Runs once a packet: reads the first octet of most, the first line of few, and copies nothing.
    @inlinable
    package static func looksLikeSIP(_ bytes: RawSpan) -> Bool {
        let count = bytes.byteCount
        var start = 0
        // RFC 3261 section 7.5 lets blank lines precede the start line.
        while start < count, start < 16, bytes.u8(start) == 0x0D || bytes.u8(start) == 0x0A { start += 1 }
        guard count - start >= 12 else { return false }
        let first = bytes.u8(start).asciiLowercased
        guard first >= 0x61, first <= 0x7A else { return false }
        if versionFollows(bytes, start), bytes.u8(start + 7) == 0x20 {
            return bytes.u8(start + 8).isASCIIDigit && bytes.u8(start + 9).isASCIIDigit && bytes.u8(start + 10).isASCIIDigit
        }
        var index = start + 1
        while index < count, index - start <= 32, methodOctet(bytes.u8(index)) { index += 1 }
        guard index < count, bytes.u8(index) == 0x20 else { return false }
        let uri = index + 1
        let bound = min(count, start + 16_384)
        while index < bound, bytes.u8(index) != 0x0A { index += 1 }
        guard index < bound else {
            // The first line is cut, by the snapshot length or by its own size: a SIP URI after the method has to do.
            return startsWithSIPScheme(bytes, uri, count)
        }
        var end = index
        while end > uri, bytes.u8(end - 1) == 0x0D || bytes.u8(end - 1) == 0x20 { end -= 1 }
        return end - uri >= 8 && bytes.u8(end - 8).isBlank && versionFollows(bytes, end - 7)
    }

    /// `SIP/2.0` at `offset`, which must be at least seven octets before the end.
    @inlinable
    static func versionFollows(_ bytes: RawSpan, _ offset: Int) -> Bool {
        bytes.u8(offset).asciiLowercased == 0x73 && bytes.u8(offset + 1).asciiLowercased == 0x69 && bytes.u8(offset + 2).asciiLowercased == 0x70
            && bytes.u8(offset + 3) == 0x2F && bytes.u8(offset + 4).isASCIIDigit && bytes.u8(offset + 5) == 0x2E && bytes.u8(offset + 6).isASCIIDigit
    }

    @inlinable
    static func methodOctet(_ octet: UInt8) -> Bool { octet.isTokenOctet }

    @inlinable
    static func startsWithSIPScheme(_ bytes: RawSpan, _ offset: Int, _ count: Int) -> Bool {
        guard offset + 4 <= count, bytes.u8(offset).asciiLowercased == 0x73, bytes.u8(offset + 1).asciiLowercased == 0x69,
            bytes.u8(offset + 2).asciiLowercased == 0x70
        else { return false }
        return bytes.u8(offset + 3) == 0x3A || bytes.u8(offset + 3).asciiLowercased == 0x73
    }
}
