import Evidence
import MediaCodecs
import PayloadEvidence
import RTPSyntax
import RecordingPlan

extension EncryptionSigns {
    /// Tags of SRTP are 4, 10 or 16 octets (RFC 3711 section 5.2, RFC 7714 section 12), a key identifier may stand beside them.
    private static let tags = 4...32
    /// Octets of sampled sound that decide where the length is right: six packets of 20 ms, which a flow of 32 packets has as samples.
    private static let fewestOctets = 960

    private enum Reading {
        case plain
        case encrypted(Confidence, String)
        case undecided
    }

    /// Judges whole packets of one flow. `step`: units of the timestamp between packets. `isAgreed`: a DTLS-SRTP handshake ran on the flow's path.
    static func judge(_ samples: [[UInt8]], codecs: [PayloadType: CodecDescription], step: Int?, isAgreed: Bool) -> EncryptionSigns? {
        switch reading(samples, codecs, step) {
        case .plain: return nil
        case .encrypted(let confidence, let reason):
            return EncryptionSigns(
                confidence: isAgreed ? .high : confidence, reasons: [reason] + (isAgreed ? [agreement] : []))
        case .undecided: return isAgreed ? EncryptionSigns(confidence: .medium, reasons: [agreement]) : nil
        }
    }

    private static let agreement = "a DTLS-SRTP handshake was captured on its path"

    private static func reading(_ samples: [[UInt8]], _ codecs: [PayloadType: CodecDescription], _ step: Int?) -> Reading {
        var packets: [PayloadType: [(sample: Int, payload: Range<Int>)]] = [:]
        for (number, sample) in samples.enumerated() {
            let bytes = unsafe sample.span.bytes
            guard let header = RTPHeader(parsing: bytes, at: 0, count: sample.count), header.headerLength < sample.count,
                packets[header.payloadType] != nil || codecs[header.payloadType]?.role == .audio
            else { continue }
            // The padding count of a protected packet is protected too: a lie of it leaves the payload as long as it is.
            let count = header.payloadCount(total: sample.count, bytes: bytes) ?? sample.count - header.headerLength
            packets[header.payloadType, default: []].append((number, header.headerLength..<header.headerLength + count))
        }
        let most = packets.max { ($0.value.count, $1.key.value) < ($1.value.count, $0.key.value) }
        guard let (type, payloads) = most, let codec = codecs[type] else { return .undecided }
        if codec.encoding == "OPUS" { return opus(samples, payloads, step) }
        let size = step.flatMap { bulk(codec, $0) }
        let excess = size.map { size in payloads.map { $0.payload.count - size } }
        let tag = excess.flatMap { list in Set(list).count == 1 && list.count >= 3 && tags.contains(list[0]) ? list[0] : nil }
        let long = tag.map { "every packet is \($0) bytes longer than \(codec.encoding) with these timestamps, the length of an authentication tag" }
        guard isSampled(codec) else { return long.map { .encrypted(.medium, $0) } ?? .undecided }
        // Without what is too long: a key identifier there is the same in every packet.
        let test = RandomnessTest(samples, tag == nil ? payloads : payloads.map { ($0.sample, $0.payload.prefix(size ?? $0.payload.count)) })
        guard test.octets >= RandomnessTest.fewest else { return .undecided }
        guard test.isRandom else { return .plain }
        let even =
            "its bytes are randomly distributed (deviation \(Int(test.deviation)) of \(test.octets) bytes), unlike \(codec.encoding)"
        if let long { return .encrypted(.high, "\(even); \(long)") }
        return test.octets >= fewestOctets ? .encrypted(.medium, even) : .undecided
    }

    /// Encodings whose octets are the samples themselves.
    private static func isSampled(_ codec: CodecDescription) -> Bool { ["PCMU", "PCMA", "L8", "L16", "L24"].contains(codec.encoding) }

    /// Octets that encodings of a fixed rate need for so many units of the timestamp (RFC 3551 table 4); nil for all others.
    private static func bulk(_ codec: CodecDescription, _ units: Int) -> Int? {
        guard units > 0, units <= 48_000 else { return nil }
        return switch codec.encoding {
        case "PCMU", "PCMA", "L8": units * codec.channels
        case "L16": units * 2 * codec.channels
        case "L24": units * 3 * codec.channels
        // An octet for each unit, of which there are half as many as samples (RFC 3551 section 4.5.2).
        case "G722": units
        case "G726-16": units / 4
        case "G726-24": units * 3 / 8
        case "G726-32": units / 2
        case "G726-40": units * 5 / 8
        case "GSM" where units % 160 == 0: units / 160 * 33
        case "G729" where units % 80 == 0: units / 80 * 10
        default: nil
        }
    }

    /// The first octet of Opus says how long the packet lasts. Under a cipher it says anything, and another thing in each packet.
    private static func opus(_ samples: [[UInt8]], _ payloads: [(sample: Int, payload: Range<Int>)], _ step: Int?) -> Reading {
        guard let step, payloads.count >= 5 else { return .undecided }
        var right = 0
        var heads: Set<UInt8> = []
        for (number, payload) in payloads {
            let sample = samples[number]
            let octets = unsafe sample.span.bytes.extracting(payload)
            heads.insert(octets.u8(0) >> 3)
            if let packet = OpusPacket(octets), packet.samples == step || packet.isDiscontinuous { right += 1 }
        }
        if right * 5 >= payloads.count * 4 { return .plain }
        guard right * 5 <= payloads.count * 2, heads.count * 2 >= payloads.count else { return .undecided }
        return .encrypted(.medium, "\(payloads.count - right) of \(payloads.count) sample packets have a duration that contradicts their timestamps")
    }
}
