import Evidence

/// The payload of a named event (RFC 4733 section 2.3).
///
///      0                   1                   2                   3
///      0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
///     |     event     |E|R| volume    |          duration             |
@frozen
package struct TelephoneEvent: Sendable, Equatable {
    /// Octets of one event.
    package static let length = 4

    /// 0 to 15 are the keys of a telephone.
    package let event: UInt8
    /// E: this packet tells the whole duration.
    package let isEnd: Bool
    /// Power below 0 dBm0, in dB.
    package let volume: UInt8
    /// From the packet's timestamp on, in units of the RTP clock.
    package let duration: UInt16

    /// The event at `start` of a payload; nil when that is too short. Events that follow in the same payload (section 2.5.1.5) begin where this one ends.
    package init?(parsing bytes: RawSpan, at start: Int = 0) {
        guard start >= 0, start <= bytes.byteCount - Self.length else { return nil }
        event = bytes.u8(start)
        let second = bytes.u8(start + 1)
        isEnd = second & 0x80 != 0
        volume = second & 0x3F
        duration = bytes.be16(start + 2)
    }

    /// The key, `0` to `9`, `*`, `#`, `A` to `D`; nil for another event.
    package var digit: Character? { Self.digit(of: event) }

    package static func digit(of event: UInt8) -> Character? {
        let digits: [Character] = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "*", "#", "A", "B", "C", "D"]
        return event < 16 ? digits[Int(event)] : nil
    }

    /// A word for events that are no key: the registry of RFC 4733 section 7 and of RFC 4734, as far as recordings meet them.
    package static func name(of event: UInt8) -> String {
        switch event {
        case 16: "flash"
        case 23...31: "event-\(event)"
        case 32: "answer-tone"
        case 33: "answer-tone-phase-reversal"
        case 34: "answer-tone-modulated"
        case 35: "answer-tone-modulated-phase-reversal"
        case 36: "fax-calling-tone"
        case 37: "v21-channel-1-0"
        case 38: "v21-channel-1-1"
        case 39: "v21-channel-2-0"
        case 40: "v21-channel-2-1"
        case 49: "calling-tone"
        case 54: "fax-preamble"
        case 64: "off-hook"
        case 65: "on-hook"
        case 66: "dial-tone"
        case 70: "ringing-tone"
        case 72: "busy-tone"
        case 73: "congestion-tone"
        case 74: "special-information-tone"
        default: digit(of: event).map { String($0) } ?? "event-\(event)"
        }
    }
}
