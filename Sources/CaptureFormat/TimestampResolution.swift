/// How long one tick of a timestamp is: `if_tsresol` of draft-ietf-opsawg-pcapng section 4.2.
///
/// Conversion to nanoseconds rounds down, in integers, and saturates: the exponents come from the wire and reach 127.
@frozen
@usableFromInline
package struct TimestampResolution: Sendable, Equatable {
    @usableFromInline let multiplier: UInt64
    @usableFromInline let divisor: UInt64
    /// Right shift after multiplying; -1 for a decimal resolution.
    @usableFromInline let shift: Int

    /// The option's octet: exponent of ten, or of two with the highest bit set.
    package init(octet: UInt8) {
        let exponent = Int(octet & 0x7F)
        if octet & 0x80 != 0 {
            multiplier = 1_000_000_000
            divisor = 1
            shift = exponent
        } else {
            multiplier = exponent < 9 ? Self.powerOfTen(9 - exponent) : 1
            // 10^19 is the greatest power that fits; finer ticks than 10^-28 s make every 64-bit time zero anyway.
            divisor = exponent > 9 ? Self.powerOfTen(min(19, exponent - 9)) : 1
            shift = exponent > 28 ? 127 : -1
        }
    }

    package static let microseconds = TimestampResolution(octet: 6)
    package static let nanoseconds = TimestampResolution(octet: 9)

    private static func powerOfTen(_ exponent: Int) -> UInt64 { (0..<exponent).reduce(1) { value, _ in value &* 10 } }

    /// Nanoseconds that `ticks` are; `Int64.max` when that is beyond it.
    @inlinable @inline(__always)
    package func nanoseconds(_ ticks: UInt64) -> Int64 {
        let (high, low) = ticks.multipliedFullWidth(by: multiplier)
        if shift < 0 {
            guard high == 0 else { return .max }
            return Int64(clamping: divisor == 1 ? low : low / divisor)
        }
        if shift >= 64 { return Int64(clamping: high >> UInt64(shift - 64)) }
        if shift == 0 { return high == 0 ? Int64(clamping: low) : .max }
        guard high >> UInt64(shift) == 0 else { return .max }
        return Int64(clamping: high << UInt64(64 - shift) | low >> UInt64(shift))
    }
}
