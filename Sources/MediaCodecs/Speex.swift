import Evidence

/// Speex (RFC 5574): frames of 20 ms that begin at any bit, with 0 and then 1s up to the octet after the last.
///
/// A frame is a narrowband part, then a part for each doubling of the bandwidth. Where it ends only its submodes tell.
struct Speex: CodecFraming {
    let engine: LibraryCodec
    private let layers: Int
    private let samples: Int

    /// Bits of a narrowband part by submode, with the five that say so; 0 where reserved. Table 9.2 of the Speex manual.
    private static let narrowband = [5, 43, 119, 160, 220, 300, 364, 492, 79, 0, 0, 0, 0]
    /// The same for a part of higher bandwidth, with its four bits.
    private static let higher = [4, 36, 112, 192, 352, 0, 0, 0]
    /// Bits of an in-band request by its code.
    private static let requests = [1, 1, 4, 4, 4, 4, 4, 4, 8, 8, 16, 16, 32, 32, 64, 64]

    /// Nil for a clock that Speex does not have.
    init?(clock: Int) {
        guard let mode = [8000, 16_000, 32_000].firstIndex(of: clock) else { return nil }
        layers = mode
        samples = 160 << mode
        engine = LibraryCodec(name: "speex", sampleRate: clock, extradata: Self.header(clock: clock, mode: mode, samples: 160 << mode))
    }

    func divide(_ payload: RawSpan, into frames: inout CodedFrames) -> Bool {
        let end = 8 * payload.byteCount
        var bit = 0
        var isFirst = true
        // Fewer than five bits, or 0 and four 1s, are no frame.
        while end - bit >= 5, payload.bits(at: bit, count: 5) != 15 {
            let head = Int(payload.bits(at: bit, count: 5))
            if head == 14 {
                guard end - bit >= 9 else { return false }
                bit += 9 + Self.requests[Int(payload.bits(at: bit + 5, count: 4))]
            } else if head == 13 {
                guard end - bit >= 10 else { return false }
                bit += 10 + 8 * Int(payload.bits(at: bit + 5, count: 5))
            } else {
                guard let next = frame(payload, at: bit, end: end, into: &frames) else { return false }
                bit = next
                isFirst = false
            }
            guard bit <= end else { return false }
        }
        return !isFirst
    }

    /// The bit after the frame at `bit`.
    private func frame(_ payload: RawSpan, at bit: Int, end: Int, into frames: inout CodedFrames) -> Int? {
        let submode = Int(payload.bits(at: bit, count: 5))
        guard submode < Self.narrowband.count, Self.narrowband[submode] > 0 else { return nil }
        var next = bit + Self.narrowband[submode]
        // What the stream's own rate takes of it.
        var used = next
        var isSilent = submode == 0
        var found = 0
        while found < 2, end - next >= 4, payload.bits(at: next, count: 1) == 1 {
            let layer = Int(payload.bits(at: next + 1, count: 3))
            guard Self.higher[layer] > 0 else { return nil }
            next += Self.higher[layer]
            found += 1
            if found <= layers {
                used = next
                if layer > 0 { isSilent = false }
            }
        }
        guard next <= end else { return nil }
        // Submode 0 is what discontinuous transmission sends: nothing.
        if isSilent {
            frames.appendSilence(samples: samples)
        } else {
            frames.append(payload, bit: bit, bitCount: used - bit, filler: 0x7F, samples: samples)
        }
        return next
    }

    /// The 80 octets that begin a Speex file, numbers little-endian: one frame a packet.
    private static func header(clock: Int, mode: Int, samples: Int) -> [UInt8] {
        var out = Array("Speex   1.2".utf8)
        out += [UInt8](repeating: 0, count: 28 - out.count)
        for number in [1, 80, clock, mode, 4, 1, -1, samples, 0, 1, 0, 0, 0] {
            let bits = UInt32(truncatingIfNeeded: number)
            out += (0..<4).map { UInt8(truncatingIfNeeded: bits >> (8 * UInt32($0))) }
        }
        return out
    }
}
