extension String {
    /// The first eight octets of UTF-8, the first one highest, zeros behind the end: of two that differ, the lower text has the lower number.
    var leadingOctets: UInt64 {
        var octets: UInt64 = 0
        var count = 0
        for octet in utf8 {
            octets = octets << 8 | UInt64(octet)
            count += 1
            if count == 8 { return octets }
        }
        return octets << UInt64(8 * (8 - count))
    }

    /// Order by the octets of UTF-8, which is the same whatever version of Unicode the machine knows.
    package func precedesByOctets(_ other: String) -> Bool { utf8.lexicographicallyPrecedes(other.utf8) }
}
