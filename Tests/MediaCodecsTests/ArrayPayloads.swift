import MediaCodecs

/// Spans cannot pass through the macros of Swift Testing; arrays can.
extension AudioDecoder {
    func decode(octets: [UInt8], into out: inout [Int16]) -> DecodeResult { decode(octets.span.bytes, into: &out) }
    func decode(beginning octets: [UInt8], absent: Int, into out: inout [Int16]) -> PartialSound {
        decode(beginning: octets.span.bytes, absent: absent, into: &out)
    }

    func recover(octets: [UInt8], frames: Int, into out: inout [Int16]) -> Int { recover(from: octets.span.bytes, frames: frames, into: &out) }
    func separate(octets: [UInt8]) -> SeparatedFrames? { separate(octets.span.bytes) }
    func duration(octets: [UInt8]) -> Int? { durationInClockUnits(of: octets.span.bytes) }
}

func parse(_ octets: [UInt8]) -> OpusPacket? { OpusPacket(octets.span.bytes) }

func hasRedundancy(_ octets: [UInt8]) -> Bool { parse(octets)?.hasRedundancy(in: octets.span.bytes) ?? false }
