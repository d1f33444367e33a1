import Evidence

/// The codecs there are. A codec is one file and one case here.
package enum CodecRegistry {
    /// Encodings that can be decoded, upper case, sorted; those that libavcodec decodes only where it is installed.
    package static let names = [
        "AAL2-G726-16", "AAL2-G726-24", "AAL2-G726-32", "AAL2-G726-40", "AMR", "AMR-WB", "G722", "G723", "G726-16", "G726-24", "G726-32", "G726-40",
        "G729", "G729A", "G729AB", "G729B", "GSM", "GSM-EFR", "ILBC", "L16", "OPUS", "PCMA", "PCMU", "SPEEX",
    ]

    /// More channels than RFC 3551 section 4.1 names an order for; above it a number from the wire is not believed.
    static let maximumChannels = 16

    /// A fresh decoder; nil when the encoding, or this use of it, is not supported.
    package static func makeDecoder(for codec: CodecDescription) -> (any AudioDecoder)? {
        guard isPlausible(codec) else { return nil }
        switch codec.encoding {
        case "PCMU": return CompandedDecoder(.mu, codec: codec)
        case "PCMA": return CompandedDecoder(.a, codec: codec)
        case "L16": return LinearDecoder(codec: codec)
        case "OPUS": return OpusDecoderAdapter(codec: codec)
        default: return framing(for: codec).flatMap { LibraryDecoder(framing: $0, codec: codec) }
        }
    }

    /// Whether `makeDecoder` has something for this.
    package static func isSupported(_ codec: CodecDescription) -> Bool {
        guard isPlausible(codec) else { return false }
        switch codec.encoding {
        case "PCMU", "PCMA", "L16", "OPUS": return true
        default: return framing(for: codec).map { LibraryDecoder.isAvailable($0) } ?? false
        }
    }

    /// Samples a second that the decoder will yield; nil when there is none.
    static func audioRate(of codec: CodecDescription) -> Int? {
        guard isSupported(codec) else { return nil }
        switch codec.encoding {
        case "PCMU", "PCMA", "L16": return codec.clockRate.hertz
        case "OPUS": return OpusDecoderAdapter.outputRate
        default: return framing(for: codec)?.engine.sampleRate
        }
    }

    private static func isPlausible(_ codec: CodecDescription) -> Bool { codec.encoding == "OPUS" || codec.channels <= maximumChannels }

    /// The framing of a codec that libavcodec decodes; one channel, and the clock that its payload format has.
    static func framing(for codec: CodecDescription) -> (any CodecFraming)? {
        let clock = codec.clockRate.hertz
        guard codec.channels == 1 else { return nil }
        switch codec.encoding {
        case "SPEEX": return Speex(clock: clock)
        case "AMR": return AMR(codec, isWide: false)
        case "AMR-WB": return AMR(codec, isWide: true)
        // Some say 16000, against RFC 3551 section 4.5.2, and mean it.
        case "G722": return clock == 8000 || clock == 16_000 ? G722() : nil
        default: return clock == 8000 ? narrowbandFraming(for: codec) : nil
        }
    }

    private static func narrowbandFraming(for codec: CodecDescription) -> (any CodecFraming)? {
        switch codec.encoding {
        case "G726-16": G726(bits: 2, highBitsFirst: false)
        case "G726-24": G726(bits: 3, highBitsFirst: false)
        case "G726-32": G726(bits: 4, highBitsFirst: false)
        case "G726-40": G726(bits: 5, highBitsFirst: false)
        case "AAL2-G726-16": G726(bits: 2, highBitsFirst: true)
        case "AAL2-G726-24": G726(bits: 3, highBitsFirst: true)
        case "AAL2-G726-32": G726(bits: 4, highBitsFirst: true)
        case "AAL2-G726-40": G726(bits: 5, highBitsFirst: true)
        case "G729", "G729A", "G729B", "G729AB": G729()
        case "G723": G723()
        case "ILBC": ILBC(codec)
        case "GSM-EFR": GSMEFR()
        // RFC 3551 section 4.5.8: 260 bits for 20 ms behind the signature 1101.
        case "GSM": FixedFraming(engine: LibraryCodec(name: "gsm", sampleRate: 8000, blockAlign: 33), octets: 33, samples: 160, signature: 0xD)
        default: nil
        }
    }
}
