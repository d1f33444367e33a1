import Evidence

/// G.723.1 (RFC 3551 section 4.5.3): frames of 30 ms whose two lowest bits tell their kind.
struct G723: CodecFraming {
    /// The encoder looks ahead by 7.5 ms (ITU-T G.723.1 section 1.3).
    let engine = LibraryCodec(name: "g723_1", sampleRate: 8000, delay: 60)

    func divide(_ payload: RawSpan, into frames: inout CodedFrames) -> Bool {
        var offset = 0
        while offset < payload.byteCount {
            let octets = Self.octets(payload.u8(offset))
            guard offset + octets <= payload.byteCount else { return false }
            if octets > 4 { frames.append(payload, offset..<offset + octets, samples: 240) } else { frames.appendSilence(samples: 240) }
            offset += octets
        }
        return true
    }

    mutating func divide(beginning payload: RawSpan, into frames: inout CodedFrames) -> (octets: Int, samples: Int)? {
        var there = 0
        while there < payload.byteCount {
            let next = there + Self.octets(payload.u8(there))
            if next > payload.byteCount { break }
            there = next
        }
        guard there > 0, divide(payload.extracting(0..<there), into: &frames) else { return nil }
        return (there, 0)
    }

    /// Octets of a frame that begins with `first`: 6.3 kbit/s, 5.3 kbit/s, silence description, nothing sent.
    private static func octets(_ first: UInt8) -> Int { [24, 20, 4, 1][Int(first & 3)] }
}
