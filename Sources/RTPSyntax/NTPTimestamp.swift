package import Evidence

/// A 64-bit NTP timestamp as sender reports carry it (RFC 3550 section 4): the sender's wall clock, not the capture's.
package struct NTPTimestamp: Sendable, Hashable {
    /// Seconds of the era.
    package let seconds: UInt32
    /// Units of 2^-32 s.
    package let fraction: UInt32

    package init(seconds: UInt32, fraction: UInt32) {
        self.seconds = seconds
        self.fraction = fraction
    }

    /// The middle 32 bits that reception reports echo as LSR (RFC 3550 section 6.4.1).
    package var middle: UInt32 { seconds << 16 | fraction >> 16 }

    /// The same moment since 1970; nil for all zero, which says that the sender has no wall clock.
    ///
    /// RFC 4330 section 3: with the top bit set the era began in 1900, otherwise in 2036. A sender that counts from its
    /// own start gives a date after 2036; only differences are then of use.
    package var time: CaptureTime? {
        guard seconds != 0 || fraction != 0 else { return nil }
        let era: Int64 = seconds >= 0x8000_0000 ? 0 : 1 << 32
        let unix = Int64(seconds) + era - 2_208_988_800
        return CaptureTime(nanoseconds: unix * 1_000_000_000 + Int64((UInt64(fraction) * 1_000_000_000) >> 32))
    }
}
