import CaptureSurvey
import Evidence
import MediaCodecs
import PacketInput
import PayloadEvidence
import RTPSyntax
import RecordingPlan
import StreamMatching

/// What a dynamic payload type probably is where no signalling says so: from the clock that its timestamps keep, the time between packets and
/// their size.
///
/// Only encodings whose frames check themselves or have a size of their own are guessed: a wrong guess then gives silence, not noise.
enum PayloadGuess {
    /// The codec, and the observation in words; nil where it could be several or none.
    /// `samples`: a few whole packets, which decide between encodings of one size. `type`: the one asked for, where the flow has others.
    static func guess(
        _ row: FlowRow, early: [EarlyPacket], samples: [[UInt8]] = [], type: PayloadType? = nil
    ) -> (codec: CodecDescription, reason: String)? {
        guard row.packets >= 20, row.jumps == 0, let units = EarlyPacket.step(of: early), units > 0 else { return nil }
        let seconds = row.lastArrival.seconds(since: row.firstArrival)
        let total = row.lastTimestamp.distance(from: row.firstTimestamp)
        guard seconds > 0.2, total > 0, let clock = [8000, 16_000, 48_000].first(where: { abs(Double(total) / seconds / Double($0) - 1) < 0.1 }) else {
            return nil
        }
        let own = type.map { type in samples.filter { SampledPayload.range(in: $0, of: type) != nil } } ?? samples
        let size = self.size(row, own, type)
        guard size > 0, let (encoding, parameters) = encoding(clock: clock, units: units, size: size, own), let rate = ClockRate(clock) else { return nil }
        let codec = CodecDescription(encoding: encoding, clockRate: rate, channels: encoding == "OPUS" ? 2 : 1, parameters: parameters)
        guard CodecRegistry.isSupported(codec) else { return nil }
        let octets = Int(size.rounded())
        return (codec, "timestamps run at \(clock) per second, \(units) per packet, with about \(octets) bytes of payload")
    }

    /// Octets of payload of a packet, in the mean; those of events beside the sound do not count.
    private static func size(_ row: FlowRow, _ samples: [[UInt8]], _ type: PayloadType?) -> Double {
        let sizes = samples.compactMap { sample in type.flatMap { SampledPayload.range(in: sample, of: $0)?.count } }
        guard row.payloadTypes.count > 1, sizes.count >= 4 else { return Double(row.octets) / Double(row.packets) - 12 }
        return Double(sizes.reduce(0, +)) / Double(sizes.count)
    }

    private static func encoding(clock: Int, units: Int, size: Double, _ samples: [[UInt8]]) -> (String, String?)? {
        let isExact = size == size.rounded()
        let frames = clock == 48_000 ? 1 : Double(units) / Double(clock == 16_000 ? 320 : 160)
        switch (clock, units) {
        // Frames of 2.5 to 60 ms, up to 120 ms a packet (RFC 7587 section 4.2).
        case (48_000, 120), (48_000, 240), (48_000, 480), (48_000, 960), (48_000, 1920), (48_000, 2880), (48_000, 3840), (48_000, 4800), (48_000, 5760):
            return size <= 1275 * Double(max(1, units / 960)) ? ("OPUS", nil) : nil
        case (8000, 240) where isExact && size == 50: return ("ILBC", "mode=30")
        case (8000, 240) where isExact && (size == 24 || size == 20): return ("G723", nil)
        case (8000, 160), (8000, 320), (8000, 480):
            let each = size / frames
            if isExact, each == 38 { return ("ILBC", "mode=20") }
            if isExact, each == 20 { return ("G729", nil) }
            // From 4.75 to 12.2 kbit/s, with the silence descriptions that lower the mean.
            // 33 octets are a frame of GSM, too.
            if isExact, each == 33 { return areFullRateAMR(samples) ? ("AMR", "octet-align=1") : nil }
            return each >= 6 && each <= 33 ? ("AMR", nil) : nil
        case (16_000, 320), (16_000, 640):
            let each = size / frames
            return each >= 6 && each <= 63 ? ("AMR-WB", nil) : nil
        default: return nil
        }
    }

    /// Whether payloads are frames of AMR at 12.2 kbit/s, octet-aligned: the two octets that begin each have eleven bits that are always the same.
    private static func areFullRateAMR(_ samples: [[UInt8]]) -> Bool {
        !samples.isEmpty
            && samples.allSatisfy { sample in
                let bytes = unsafe sample.span.bytes
                guard let header = RTPHeader(parsing: bytes, at: 0, count: sample.count), sample.count == header.headerLength + 33 else { return false }
                return sample[header.headerLength] & 0x0F == 0 && sample[header.headerLength + 1] & 0xFB == 7 << 3
            }
    }
}
