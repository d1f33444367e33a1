import Glibc

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
    func precedesByOctets(_ other: String) -> Bool {
        let order: Bool?? = unsafe utf8.withContiguousStorageIfAvailable { mine in
            unsafe other.utf8.withContiguousStorageIfAvailable { theirs in
                guard let left = mine.baseAddress, let right = theirs.baseAddress else { return mine.count < theirs.count }
                let difference = unsafe memcmp(left, right, min(mine.count, theirs.count))
                return difference == 0 ? mine.count < theirs.count : difference < 0
            }
        }
        return order.flatMap(\.self) ?? utf8.lexicographicallyPrecedes(other.utf8)
    }
}
