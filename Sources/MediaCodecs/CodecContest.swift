import Evidence

/// Which of two codecs a payload is of, told from the payload: one payload type had both meanings shortly after each other.
package struct CodecContest {
    package enum Verdict: Sendable { case first, second }

    private let first: CodecDescription
    private let second: CodecDescription

    package init(_ first: CodecDescription, _ second: CodecDescription) {
        self.first = first
        self.second = second
    }

    /// Of a codec without any shape one payload in so many is taken for one of the other by chance.
    private static let ambiguous = 10.0

    /// Nil where it could be of both, or of none.
    ///
    /// `step`: what the timestamp went on by since the packet before; nil where that is not here.
    package func verdict(_ payload: RawSpan, step: Int?) -> Verdict? {
        guard payload.byteCount > 0 else { return nil }
        let (one, other) = (Self.duration(payload, first), Self.duration(payload, second))
        guard let one, let other else { return one != nil ? .first : other != nil ? .second : nil }
        if one != other, step == one { return .first }
        if one != other, step == other { return .second }
        if let verdict = companded(payload) { return verdict }
        let (chance, otherChance) = (Self.chance(first), Self.chance(second))
        if chance * Self.ambiguous <= otherChance { return .first }
        return otherChance * Self.ambiguous <= chance ? .second : nil
    }

    /// Units of the RTP clock that a payload stands for; nil where it is none of the codec's, 0 where nothing tells.
    private static func duration(_ payload: RawSpan, _ codec: CodecDescription) -> Int? {
        let count = payload.byteCount
        switch codec.encoding {
        case "PCMU", "PCMA":
            // Packets are of 5 ms and their multiples.
            let units = count / codec.channels
            return count % codec.channels == 0 && units % max(1, codec.clockRate.hertz / 200) == 0 ? units : nil
        case "L16":
            let units = count / (2 * codec.channels)
            return count % (2 * codec.channels) == 0 && units % max(1, codec.clockRate.hertz / 400) == 0 ? units : nil
        case "OPUS": return OpusPacket(payload)?.samples
        default:
            guard var framing = CodecRegistry.framing(for: codec) else { return 0 }
            var frames = CodedFrames()
            guard framing.divide(payload, into: &frames) else { return nil }
            return frames.samples * codec.clockRate.hertz / max(1, framing.engine.sampleRate)
        }
    }

    /// How many of arbitrary payloads have the codec's shape, about.
    private static func chance(_ codec: CodecDescription) -> Double {
        switch codec.encoding {
        case "PCMU", "PCMA": 1.0 / 40
        case "L16": 1.0 / 80
        case "AMR", "AMR-WB", "GSM", "GSM-EFR", "ILBC", "G723": 1.0 / 30
        case "G729", "G729A", "G729B", "G729AB": 1.0 / 5
        default: 1
        }
    }

    // MARK: the two laws of G.711

    /// How many times rougher the wrong law has to be.
    private static let roughness = 1.5
    /// Fewer samples show nothing.
    private static let fewest = 40

    /// Codes of one law read by the other one leap: against what is loud, and in all. Where the two do not agree, as for noise, nothing is told.
    private func companded(_ payload: RawSpan) -> Verdict? {
        guard let one = Self.law(first), let other = Self.law(second), payload.byteCount >= Self.fewest else { return nil }
        let (own, foreign) = (Self.leaps(payload, one), Self.leaps(payload, other))
        func isRougher(_ left: (sum: Double, share: Double), _ right: (sum: Double, share: Double)) -> Bool {
            left.sum >= Self.roughness * right.sum && left.share >= Self.roughness * right.share
        }
        return isRougher(foreign, own) ? .first : isRougher(own, foreign) ? .second : nil
    }

    private static func law(_ codec: CodecDescription) -> [Int16]? {
        guard codec.channels == 1 else { return nil }
        return codec.encoding == "PCMU" ? MuLaw.table : codec.encoding == "PCMA" ? ALaw.table : nil
    }

    /// Differences between neighbours, and their share of the loudness.
    private static func leaps(_ payload: RawSpan, _ table: [Int16]) -> (sum: Double, share: Double) {
        var (sum, loudness, last) = (1, 1, 0)
        for index in 0..<payload.byteCount {
            let sample = Int(table[Int(payload.u8(index))])
            if index > 0 { sum += abs(sample - last) }
            loudness += abs(sample)
            last = sample
        }
        return (Double(sum), Double(sum) / Double(loudness))
    }
}
