/// Synchronization source identifier (RFC 3550 section 3).
@frozen
@usableFromInline
package struct SSRC: Hashable, Comparable, Sendable, CustomStringConvertible {
    @usableFromInline package let value: UInt32
    @inlinable package init(_ value: UInt32) { self.value = value }
    @inlinable package static func < (left: SSRC, right: SSRC) -> Bool { left.value < right.value }
    /// `0x` and eight hexadecimal digits.
    @usableFromInline package var description: String {
        let text = String(value, radix: 16)
        return "0x" + String(repeating: "0", count: 8 - text.count) + text
    }
}

/// RTP payload type, 0 to 127 (RFC 3550 section 5.1).
@frozen
@usableFromInline
package struct PayloadType: Hashable, Comparable, Sendable {
    @usableFromInline package let value: UInt8
    @inlinable package init(_ value: UInt8) { self.value = value & 0x7F }
    @inlinable package static func < (left: PayloadType, right: PayloadType) -> Bool { left.value < right.value }
}

/// RTP sequence number with wrap-around distance (RFC 3550 section 5.1).
@frozen
@usableFromInline
package struct SequenceNumber: Hashable, Sendable {
    @usableFromInline package let value: UInt16
    @inlinable package init(_ value: UInt16) { self.value = value }
    /// Steps from `other` to this, in -32768...32767.
    @inlinable package func distance(from other: SequenceNumber) -> Int { Int(Int16(bitPattern: value &- other.value)) }
}

/// RTP timestamp in clock-rate units, with wrap-around distance (RFC 3550 section 5.1).
@frozen
@usableFromInline
package struct RTPTimestamp: Hashable, Sendable {
    @usableFromInline package let value: UInt32
    @inlinable package init(_ value: UInt32) { self.value = value }
    /// Units from `other` to this, in -2^31..<2^31.
    @inlinable package func distance(from other: RTPTimestamp) -> Int { Int(Int32(bitPattern: value &- other.value)) }
}

/// RTP clock rate in hertz.
@frozen
@usableFromInline
package struct ClockRate: Hashable, Comparable, Sendable {
    @usableFromInline package let hertz: Int
    /// Nil outside 1...384000: a rate is a divisor and comes from the wire.
    @inlinable package init?(_ hertz: Int) {
        guard hertz >= 1, hertz <= 384_000 else { return nil }
        self.hertz = hertz
    }
    package static let narrowband = ClockRate(unchecked: 8000)
    package static let opus = ClockRate(unchecked: 48000)
    private init(unchecked hertz: Int) { self.hertz = hertz }
    @inlinable package static func < (left: ClockRate, right: ClockRate) -> Bool { left.hertz < right.hertz }
}
