import Evidence
import MediaCodecs
import Testing

private func decodeAll(_ name: String) throws -> [Int16] {
    let clock = try #require(ClockRate(8000))
    let decoder = try #require(CodecRegistry.makeDecoder(for: CodecDescription(encoding: name, clockRate: clock)))
    let codes = (0..<256).map(UInt8.init)
    var out: [Int16] = [7]
    #expect(decoder.decode(octets: codes, into: &out) == .frames(256))
    #expect(out.first == 7, "decoding appends")
    return Array(out.dropFirst())
}

/// Straight from the tables of ITU-T G.711: sign, segment, step; written without the tricks of the code under test.
private func muLawReference(_ code: UInt8) -> Int {
    let inverted = 255 - Int(code)
    let negative = inverted >= 128
    let segment = (inverted % 128) / 16
    let step = inverted % 16
    // Segment s starts at 33 * 2^s - 33 in the 14-bit scale and has 16 steps of 2^(s+1); the value is the middle of the step.
    let start = 33 * (1 << segment) - 33
    let value = start + step * (2 << segment)
    return (negative ? -value : value) * 4
}

private func aLawReference(_ code: UInt8) -> Int {
    let toggled = Int(code ^ 0b0101_0101)
    let positive = toggled >= 128
    let segment = (toggled % 128) / 16
    let step = toggled % 16
    let value = segment == 0 ? 2 * step + 1 : (2 * step + 33) * (1 << (segment - 1))
    return (positive ? value : -value) * 8
}

@Suite struct G711Tests {
    @Test func everyMuLawCodeMatchesTheRecommendation() throws {
        let decoded = try decodeAll("PCMU")
        for code in 0..<256 { #expect(Int(decoded[code]) == muLawReference(UInt8(code)), "code \(code)") }
        #expect(decoded[0x00] == -32124)
        #expect(decoded[0x80] == 32124)
        #expect(decoded[0xFF] == 0)
    }

    @Test func everyALawCodeMatchesTheRecommendation() throws {
        let decoded = try decodeAll("pcma")
        for code in 0..<256 { #expect(Int(decoded[code]) == aLawReference(UInt8(code)), "code \(code)") }
        #expect(decoded[0xD5] == 8)
        #expect(decoded[0x2A] == -32256)
    }

    @Test(arguments: ["PCMU", "PCMA"]) func anyLengthDecodesTheSameInPlace(name: String) throws {
        let clock = try #require(ClockRate(8000))
        let decoder = try #require(CodecRegistry.makeDecoder(for: CodecDescription(encoding: name, clockRate: clock)))
        let all = try decodeAll(name)
        // Sixteen samples go together where the processor can; fewer are looked up.
        for count in 0..<70 {
            let codes = (0..<count).map { UInt8(truncatingIfNeeded: $0 * 13 + count) }
            var out: [Int16] = []
            let promised = decoder.expandedSamples(of: codes.span.bytes)
            #expect(promised == count)
            out.append(addingCapacity: promised) { decoder.expand(codes.span.bytes, into: &$0) }
            #expect(out == codes.map { all[Int($0)] })
        }
        let stereo = try #require(CodecRegistry.makeDecoder(for: CodecDescription(encoding: name, clockRate: clock, channels: 2)))
        let odd: [UInt8] = [1, 2, 3]
        let promised = stereo.expandedSamples(of: odd.span.bytes)
        #expect(promised == 0, "no whole number of frames")
    }

    @Test(arguments: ["PCMU", "PCMA"]) func eachCodeByItselfIsWhatItIsAmongOthers(name: String) throws {
        let clock = try #require(ClockRate(8000))
        let decoder = try #require(CodecRegistry.makeDecoder(for: CodecDescription(encoding: name, clockRate: clock)))
        var out: [Int16] = []
        for code in 0..<256 { #expect(decoder.decode(octets: [UInt8(code)], into: &out) == .frames(1)) }
        #expect(try out == decodeAll(name))
    }

    @Test func emptyPayloadIsAFaultAndAppendsNothing() throws {
        let clock = try #require(ClockRate(8000))
        let decoder = try #require(CodecRegistry.makeDecoder(for: CodecDescription(encoding: "PCMU", clockRate: clock)))
        var out: [Int16] = []
        #expect(decoder.decode(octets: [], into: &out) == .undecodable(.empty))
        #expect(out.isEmpty)
    }
}

@Suite struct LinearTests {
    @Test func samplesAreBigEndianAndInterleaved() throws {
        let clock = try #require(ClockRate(44100))
        let decoder = try #require(CodecRegistry.makeDecoder(for: CodecDescription(encoding: "L16", clockRate: clock, channels: 2)))
        let payload: [UInt8] = [0x00, 0x01, 0xFF, 0xFF, 0x7F, 0xFF, 0x80, 0x00]
        var out: [Int16] = []
        #expect(decoder.decode(octets: payload, into: &out) == .frames(2))
        #expect(out == [1, -1, 32767, -32768])
        #expect(decoder.duration(octets: payload) == 2)
        #expect(decoder.channels == 2)
        #expect(decoder.sampleRate == 44100)
    }

    @Test(arguments: [1, 2, 3, 5, 6, 7]) func partOfAFrameIsAFault(count: Int) throws {
        let clock = try #require(ClockRate(8000))
        let decoder = try #require(CodecRegistry.makeDecoder(for: CodecDescription(encoding: "L16", clockRate: clock, channels: 2)))
        let payload = [UInt8](repeating: 1, count: count)
        var out: [Int16] = []
        #expect(decoder.decode(octets: payload, into: &out) == .undecodable(.partialFrame))
        #expect(out.isEmpty)
    }
}

@Suite struct RegistryTests {
    @Test func everyNameHasADecoderAndOthersHaveNone() {
        for name in CodecRegistry.names {
            let clock = ClockRate(name == "AMR-WB" ? 16_000 : 8000) ?? .narrowband
            #expect(CodecRegistry.makeDecoder(for: CodecDescription(encoding: name, clockRate: clock)) != nil, "\(name)")
        }
        #expect(CodecRegistry.names == CodecRegistry.names.sorted())
        for name in ["G728", "", "PCMU2", "CN", "TELEPHONE-EVENT"] {
            #expect(!CodecRegistry.isSupported(CodecDescription(encoding: name, clockRate: .narrowband)))
        }
        #expect(!CodecRegistry.isSupported(CodecDescription(encoding: "L16", clockRate: .narrowband, channels: 40_000)))
    }

    @Test func formatParametersAreFoundWhateverTheirSpacing() {
        let codec = CodecDescription(encoding: "opus", clockRate: .opus, channels: 2, parameters: "minptime=10; UseInbandFEC=1 ;stereo")
        #expect(codec.encoding == "OPUS")
        #expect(codec.parameter("useinbandfec") == "1")
        #expect(codec.parameter("stereo") == "")
        #expect(codec.parameter("cbr") == nil)
        #expect(codec.audioRate == 48000)
        #expect(CodecDescription(encoding: "telephone-event", clockRate: .narrowband).role == .telephoneEvent)
        #expect(CodecDescription(encoding: "CN", clockRate: .narrowband).role == .comfortNoise)
    }
}
