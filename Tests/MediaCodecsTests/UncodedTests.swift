import Evidence
import MediaCodecs
import Testing

/// PCMU, PCMA and L16 hold the samples themselves: what ffmpeg 5.1 makes of the same octets, bit for bit, by its FNV-1a hash of 64 bits.
struct UncodedTests {
    private static let codes = (0..<256).map { UInt8($0) }
    private static let linear = (0..<256).flatMap { index in (0..<2).map { UInt8(truncatingIfNeeded: index * 37 + $0 * 11) } }

    private static let hashes: [(String, UInt64)] = [
        ("PCMU", 0xB91E_65D6_8481_A1A8), ("PCMA", 0x693A_40CA_62A3_D2A5), ("L16", 0x7605_1AF5_7A48_2325),
    ]

    @Test(arguments: hashes) func samplesAreThoseOfFFmpeg(encoding: String, hash: UInt64) throws {
        let octets = encoding == "L16" ? Self.linear : Self.codes
        let decoder = try #require(CodecRegistry.makeDecoder(for: CodecDescription(encoding: encoding, clockRate: .narrowband)))
        var out: [Int16] = []
        #expect(decoder.decode(octets: octets, into: &out) == .frames(256))
        var found: UInt64 = 0xCBF2_9CE4_8422_2325
        for sample in out {
            let bits = UInt64(UInt16(bitPattern: sample))
            found = ((found ^ bits & 0xFF) &* 0x100_0000_01B3 ^ bits >> 8) &* 0x100_0000_01B3
        }
        #expect(found == hash)
    }

    @Test(arguments: [8000, 11_025, 16_000, 22_050, 32_000, 44_100, 48_000], [1, 2, 6]) func linearSamplesOfAnyRateAndChannels(rate: Int, channels: Int) throws
    {
        let clock = try #require(ClockRate(rate))
        let decoder = try #require(CodecRegistry.makeDecoder(for: CodecDescription(encoding: "L16", clockRate: clock, channels: channels)))
        var out: [Int16] = []
        #expect(decoder.decode(octets: [UInt8](repeating: 0x12, count: 2 * channels * 10), into: &out) == .frames(10))
        #expect(out == [Int16](repeating: 0x1212, count: 10 * channels))
        #expect(decoder.sampleRate == rate)
        #expect(decoder.channels == channels)
    }
}
