import Evidence
import MediaCodecs
import Testing

/// Payloads whose end was not captured.
@Suite struct BeginningTests {
    private static func decoder(_ encoding: String, _ clock: Int = 8000, _ parameters: String? = nil) throws -> any AudioDecoder {
        let rate = try #require(ClockRate(clock))
        return try #require(CodecRegistry.makeDecoder(for: CodecDescription(encoding: encoding, clockRate: rate, parameters: parameters)))
    }

    /// Where each octet or each frame stands alone, what is there sounds as in the whole payload.
    @Test(
        arguments: [
            ("PCMU", 152, 152, 160), ("PCMA", 100, 100, 160), ("L16", 101, 50, 80), ("G722", 120, 240, 320), ("G726-32", 70, 140, 320),
            ("G726-40", 63, 96, 256), ("G729", 25, 160, 1280), ("GSM", 40, 160, 640),
        ])
    func whatIsThereIsHeard(encoding: String, there: Int, frames: Int, whole: Int) throws {
        var random = SeededOctets()
        var payload = random.take(160)
        if encoding == "GSM" {
            payload = Array(payload.prefix(132))
            for start in stride(from: 0, to: payload.count, by: 33) { payload[start] = 0xD0 | payload[start] & 15 }
        }
        var complete: [Int16] = []
        _ = try Self.decoder(encoding).decode(octets: payload, into: &complete)
        var part: [Int16] = []
        let sound = try Self.decoder(encoding).decode(beginning: Array(payload.prefix(there)), absent: payload.count - there, into: &part)
        #expect(sound.frames == frames)
        #expect(abs(sound.whole - whole) <= whole / 2, "\(sound)")
        #expect(part == Array(complete.prefix(frames)))
    }

    @Test func oneFrameOfManyIsNotGuessed() throws {
        var out: [Int16] = []
        #expect(try Self.decoder("OPUS", 48_000).decode(beginning: [0xF8, 1, 2, 3], absent: 40, into: &out) == PartialSound(frames: 0, whole: 0))
        #expect(try Self.decoder("ILBC").decode(beginning: [UInt8](repeating: 1, count: 30), absent: 20, into: &out).frames == 0)
        #expect(try Self.decoder("PCMU").decode(beginning: [], absent: 160, into: &out).frames == 0)
        #expect(out.isEmpty)
    }

    /// Two frames of AMR, of which the second is cut.
    @Test(arguments: ["octet-align=1"]) func wholeFramesOfAMR(parameters: String) throws {
        let vector = try CodecVector.first("AMR", parameters)
        let (first, second) = (vector.payloads[0], vector.payloads[1])
        let payload = [0xF0, first[1] | 0x80, second[1]] + first[2...] + second[2...]
        var alone: [Int16] = []
        _ = try Self.decoder("AMR", 8000, parameters).decode(octets: first, into: &alone)
        var out: [Int16] = []
        let sound = try Self.decoder("AMR", 8000, parameters).decode(beginning: Array(payload.dropLast(8)), absent: 8, into: &out)
        #expect(sound == PartialSound(frames: 160, whole: 320))
        #expect(out == alone)
    }

    @Test(arguments: [("AMR", 8000), ("AMR-WB", 16_000)]) func storageFormat(encoding: String, clock: Int) throws {
        let vector = try CodecVector.first(encoding, "octet-align=1")
        var stored = vector.codec
        stored.framing = .storage
        let decoder = try #require(CodecRegistry.makeDecoder(for: stored))
        let reference = try vector.makeDecoder()
        var out: [Int16] = []
        var right: [Int16] = []
        for payload in vector.payloads {
            _ = reference.decode(octets: payload, into: &right)
            _ = decoder.decode(octets: Array(payload.dropFirst()), into: &out)
        }
        #expect(out == right)
        #expect(decoder.decode(octets: vector.payloads[0], into: &out) == .undecodable(.malformed))
    }
}

private struct SeededOctets {
    private var state: UInt64 = 0xBE61

    mutating func take(_ count: Int) -> [UInt8] {
        (0..<count).map { _ in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return UInt8(truncatingIfNeeded: state >> 33)
        }
    }
}
