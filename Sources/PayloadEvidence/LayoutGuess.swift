package import Evidence
package import MediaCodecs

/// Whether payloads are laid out otherwise than their description says, where every sampled packet says so.
///
/// AMR: a payload's entries add up to its length in one of three layouts (RFC 4867 sections 4.3, 4.4 and 5.3), seldom in two. L16: samples whose
/// octets are exchanged are noise, so that neighbours differ by many times as much.
package enum LayoutGuess {
    private static let fewestPackets = 4
    /// How many times rougher samples of L16 have to be in the named order.
    private static let roughness = 8.0

    /// The layout that the packets show, and the contradiction in words; nil where they are as described, or do not agree.
    package static func layout(of codec: CodecDescription, type: PayloadType, samples: [[UInt8]]) -> (framing: PayloadFraming, words: String)? {
        if let shape = PayloadShape(codec) { return frames(shape, type, samples) }
        return codec.encoding == "L16" ? order(codec.channels, type, samples) : nil
    }

    private static func frames(_ shape: PayloadShape, _ type: PayloadType, _ samples: [[UInt8]]) -> (PayloadFraming, String)? {
        var packets = 0
        var against = 0
        var common: Set<PayloadFraming> = [.bandwidthEfficient, .octetAligned, .storage]
        for sample in samples {
            guard let range = SampledPayload.range(in: sample, of: type), !range.isEmpty else { continue }
            let layouts = shape.layouts(of: unsafe sample.span.bytes.extracting(range))
            packets += 1
            if !layouts.contains(shape.named) { against += 1 }
            common.formIntersection(layouts)
        }
        // Packets that fit as described prove nothing against it; packets that do not have to be of one layout all of them.
        guard packets >= fewestPackets, against > 0, common.count == 1, let found = common.first else { return nil }
        return (found, "payloads are \(words(found)), the session description says \(words(shape.named))")
    }

    private static func words(_ framing: PayloadFraming) -> String {
        switch framing {
        case .bandwidthEfficient: "bandwidth-efficient"
        case .octetAligned: "octet-aligned"
        case .storage: "frames in storage format (ToC and speech without CMR)"
        case .lowOctetFirst: "little-endian"
        }
    }

    private static func order(_ channels: Int, _ type: PayloadType, _ samples: [[UInt8]]) -> (PayloadFraming, String)? {
        var packets = 0
        for sample in samples {
            guard let range = SampledPayload.range(in: sample, of: type), range.count >= 64 else { continue }
            let payload = unsafe sample.span.bytes.extracting(range)
            let (named, reversed) = (rough(payload, channels, isReversed: false), rough(payload, channels, isReversed: true))
            // Silence is silence both ways.
            if named == reversed { continue }
            guard named >= roughness * reversed else { return nil }
            packets += 1
        }
        return packets >= fewestPackets ? (.lowOctetFirst, "samples are little-endian instead of in network byte order") : nil
    }

    /// Mean difference between neighbours of one channel, at least 1.
    private static func rough(_ payload: RawSpan, _ channels: Int, isReversed: Bool) -> Double {
        var sum = 0
        var last = [Int](repeating: 0, count: channels)
        let count = payload.byteCount / 2
        for index in 0..<count {
            let value = payload.be16(2 * index)
            let sample = Int(Int16(bitPattern: isReversed ? value.byteSwapped : value))
            if index >= channels { sum += abs(sample - last[index % channels]) }
            last[index % channels] = sample
        }
        return max(1, Double(sum) / Double(max(1, count - channels)))
    }
}
