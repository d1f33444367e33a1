import Evidence

/// The frames of one payload as a decoder takes them, and the silences between them.
struct CodedFrames {
    struct Frame: Equatable {
        /// Where its octets lie in `octets`; empty when the sender had nothing to say.
        let range: Range<Int>
        /// Samples that it stands for.
        let samples: Int
    }

    private(set) var octets: [UInt8] = []
    private(set) var frames: [Frame] = []
    /// Samples that all frames stand for.
    private(set) var samples = 0

    mutating func removeAll() {
        octets.removeAll(keepingCapacity: true)
        frames.removeAll(keepingCapacity: true)
        samples = 0
    }

    /// A frame of whole octets.
    mutating func append(_ payload: RawSpan, _ range: Range<Int>, samples count: Int) {
        let start = octets.count
        octets.reserveCapacity(start + range.count)
        for index in range { octets.append(payload.u8(index)) }
        close(start, count)
    }

    /// A frame that was put together elsewhere.
    mutating func append(_ frame: [UInt8], samples count: Int) {
        let start = octets.count
        octets += frame
        close(start, count)
    }

    /// A frame of `bitCount` bits from bit `bit` on (0 is the highest of the first octet), after `head`; the last octet is filled with `filler`.
    mutating func append(_ payload: RawSpan, head: UInt8? = nil, bit: Int, bitCount: Int, filler: UInt8 = 0, samples count: Int) {
        let start = octets.count
        if let head { octets.append(head) }
        for index in 0..<(bitCount + 7) / 8 {
            let left = bitCount - 8 * index
            let value = payload.bits(at: bit + 8 * index, count: min(8, left))
            octets.append(left >= 8 ? UInt8(value) : UInt8(value << (8 - left)) | filler >> left)
        }
        close(start, count)
    }

    /// Time that the sender kept silent.
    mutating func appendSilence(samples count: Int) {
        frames.append(Frame(range: octets.count..<octets.count, samples: count))
        samples += count
    }

    private mutating func close(_ start: Int, _ count: Int) {
        frames.append(Frame(range: start..<octets.count, samples: count))
        samples += count
    }
}

extension RawSpan {
    /// `count` bits (at most 16) from bit `start` on, the first as the highest; bits beyond the end are 0.
    func bits(at start: Int, count: Int) -> UInt32 {
        var value: UInt32 = 0
        let first = start / 8
        for index in first..<first + 3 { value = value << 8 | (index < byteCount ? UInt32(u8(index)) : 0) }
        return (value << (8 + UInt32(start % 8))) >> (32 - UInt32(count))
    }
}
