import Evidence

/// Universally unique identifiers in a vCon.
enum VConIdentifier {
    /// Version 8 (RFC 9562 section 5.8), laid out as version 7 with the milliseconds of the recording's start, the fraction of the millisecond,
    /// and in the last 62 bits the high bits of a SHA-1. It depends on the recording alone, never on the clock of the run.
    static func ofRecording(id: String, start: CaptureTime, sha1: Digest) -> String? {
        guard let digest = sha1(Array("siprecap.recording.\(id)".utf8)) else { return nil }
        let (milliseconds, rest) = start.nanoseconds.floorDivided(by: 1_000_000)
        // 12 bits for what a million nanoseconds take 20 for.
        let fraction = UInt64(rest) * 4096 / 1_000_000
        let high = UInt64(bitPattern: milliseconds) << 16 | 0x8000 | fraction
        let low = digest.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) } >> 2 | 1 << 63
        return text([high, low].flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> UInt64(56 - 8 * $0)) } })
    }

    /// A participant's identifier, where it is such an identifier in one of the forms of the field (RFC 7865 section 6.10): base64, `urn:uuid:`, or with dashes.
    static func ofParticipant(_ id: String) -> String? {
        let plain = id.lowercased().hasPrefix("urn:uuid:") ? String(id.dropFirst(9)) : id
        let dashes = plain.split(separator: "-", omittingEmptySubsequences: false).map(\.count)
        let octets = dashes == [8, 4, 4, 4, 12] ? Hex.decode(plain.filter { $0 != "-" }) : plain.hasSuffix("==") ? Base64.decode(plain) : nil
        // Version and variant tell an identifier from 16 octets of anything else.
        guard let octets, octets.count == 16, (1...8).contains(octets[6] >> 4), octets[8] & 0xC0 == 0x80 else { return nil }
        return text(octets)
    }

    private static func text(_ octets: [UInt8]) -> String {
        let digits = Array(Hex.encode(octets))
        return [0..<8, 8..<12, 12..<16, 16..<20, 20..<32].map { String(digits[$0]) }.joined(separator: "-")
    }
}
