import Evidence

/// L16: 16-bit signed samples in network order, channels interleaved (RFC 3551 section 4.5.11).
final class LinearDecoder: AudioDecoder {
    let sampleRate: Int
    let channels: Int
    private let isReversed: Bool

    init(codec: CodecDescription) {
        sampleRate = codec.clockRate.hertz
        channels = codec.channels
        isReversed = codec.framing == .lowOctetFirst
    }

    func decode(_ payload: RawSpan, into out: inout [Int16]) -> DecodeResult {
        let samples = payload.byteCount / 2
        guard payload.byteCount > 0 else { return .undecodable(.empty) }
        guard payload.byteCount % (2 * channels) == 0 else { return .undecodable(.partialFrame) }
        out.reserveCapacity(out.count + samples)
        if isReversed {
            for index in 0..<samples { out.append(Int16(bitPattern: payload.be16(2 * index).byteSwapped)) }
        } else {
            for index in 0..<samples { out.append(Int16(bitPattern: payload.be16(2 * index))) }
        }
        return .frames(samples / channels)
    }

    func decode(beginning payload: RawSpan, absent: Int, into out: inout [Int16]) -> PartialSound {
        decode(beginning: payload, absent: absent, inFramesOf: 2 * channels, into: &out)
    }

    func durationInClockUnits(of payload: RawSpan) -> Int? { payload.byteCount / (2 * channels) }
}
