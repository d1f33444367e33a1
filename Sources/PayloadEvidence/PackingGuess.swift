package import Evidence
package import MediaCodecs
import RTPSyntax

/// Whether G.726 is packed the other way round than its name says: RFC 3551 begins with the low bits of each octet, ITU-T I.366.2 (AAL2) with the
/// high ones, and products mix up the names.
///
/// At 24 and 40 kbit/s codewords cross octets, so that in the wrong order they are chance: what comes out is many times louder, also where the sound
/// is silence. At 16 and 32 kbit/s the wrong order only swaps codewords within an octet. That spoils the sound, but a few packets do not tell it
/// apart from other sound, so that names are believed there.
package enum PackingGuess {
    /// How many times louder the named order has to be in each packet, and in how many packets.
    private static let ratio = 3.0
    private static let fewestPackets = 4

    /// The other name, where every sampled packet of `type` says that it is the right one.
    package static func otherName(of codec: CodecDescription, type: PayloadType, samples: [[UInt8]]) -> CodecDescription? {
        guard let name = counterpart(codec.encoding) else { return nil }
        let other = CodecDescription(encoding: name, clockRate: codec.clockRate, channels: codec.channels, parameters: codec.parameters)
        var packets = 0
        for sample in samples {
            guard let range = SampledPayload.range(in: sample, of: type), range.count >= 20 else { continue }
            let payload = unsafe sample.span.bytes.extracting(range)
            guard let named = loudness(payload, codec), let reversed = loudness(payload, other), named >= ratio * reversed else { return nil }
            packets += 1
        }
        return packets >= fewestPackets ? other : nil
    }

    private static func counterpart(_ encoding: String) -> String? {
        switch encoding {
        case "G726-24": "AAL2-G726-24"
        case "G726-40": "AAL2-G726-40"
        case "AAL2-G726-24": "G726-24"
        case "AAL2-G726-40": "G726-40"
        default: nil
        }
    }

    /// Mean magnitude of what a fresh decoder makes of the payload, at least 1.
    private static func loudness(_ payload: RawSpan, _ codec: CodecDescription) -> Double? {
        var sound: [Int16] = []
        guard let decoder = CodecRegistry.makeDecoder(for: codec), case .frames = decoder.decode(payload, into: &sound), !sound.isEmpty else { return nil }
        return max(1, sound.reduce(0.0) { $0 + Double(abs(Int($1))) } / Double(sound.count))
    }
}
