import Evidence
import MediaCodecs
import TestSupport
import Testing

func level(_ samples: [Int16]) -> Double {
    (samples.reduce(0.0) { $0 + Double($1) * Double($1) } / Double(max(1, samples.count))).squareRoot()
}

private func description(_ encoding: String, _ clock: Int = 8000, _ parameters: String? = nil) throws -> CodecDescription {
    CodecDescription(encoding: encoding, clockRate: try #require(ClockRate(clock)), parameters: parameters)
}

func libraryDecoder(_ encoding: String, _ clock: Int = 8000, _ parameters: String? = nil) throws -> any AudioDecoder {
    try #require(CodecRegistry.makeDecoder(for: description(encoding, clock, parameters)), "is libavcodec installed?")
}

/// Narrowband clock, except where the payload format has another.
private func clock(of encoding: String) -> Int { encoding == "AMR-WB" ? 16_000 : 8000 }

private let libraryCodecs = CodecRegistry.names.filter { !["PCMU", "PCMA", "L16", "OPUS"].contains($0) }

@Suite struct LibraryCodecTests {
    @Test(arguments: libraryCodecs) func randomPayloadsNeverTrapAndStayBounded(encoding: String) throws {
        var random = SeededRandom(seed: 0xC0DEC)
        let decoder = try libraryDecoder(encoding, clock(of: encoding))
        var out: [Int16] = []
        // One expectation for all rounds: each costs more than a round.
        var failures: [Int] = []
        for round in 0..<1500 {
            // Lengths that the framing accepts come up often enough by themselves for most; the fixed ones get help.
            let size = [33, 38, 50, 10, 12, 20, 24, 62, 2][Int(random.next() % 9)]
            var packet = random.bytes(round % 2 == 0 ? size : Int(random.next() % 200))
            if encoding == "GSM", round % 4 == 0, !packet.isEmpty { packet[0] = 0xD0 | packet[0] & 0x0F }
            out.removeAll(keepingCapacity: true)
            let result = decoder.decode(octets: packet, into: &out)
            let duration = decoder.duration(octets: packet)
            let isBounded: Bool
            if case .frames(let frames) = result {
                isBounded = out.count == frames && frames <= (duration ?? 0) * decoder.sampleRate / clock(of: encoding)
            } else {
                isBounded = out.isEmpty
            }
            if !isBounded { failures.append(round) }
        }
        #expect(failures.isEmpty, "rounds of seed \(random.seed)")
    }

    @Test func aPayloadThatClaimsMinutesIsNotBelieved() throws {
        var out: [Int16] = []
        // Entries that say "nothing to send, more follow", an octet each.
        var entries = [UInt8](repeating: 0xFC, count: 60_000)
        entries[0] = 0xF0
        entries[59_999] = 0x7C
        #expect(try libraryDecoder("AMR", 8000, "octet-align=1").decode(octets: entries, into: &out) == .undecodable(.malformed))
        #expect(try libraryDecoder("G723").decode(octets: [UInt8](repeating: 3, count: 60_000), into: &out) == .undecodable(.malformed))
        #expect(out.isEmpty)
    }

    @Test func wideSoundBehindANarrowClock() throws {
        let codec = try description("G722")
        #expect(codec.audioRate == 16_000)
        let decoder = try libraryDecoder("G722")
        #expect(decoder.sampleRate == 16_000)
        #expect(decoder.duration(octets: [UInt8](repeating: 0x55, count: 160)) == 160)
        var out: [Int16] = []
        #expect(decoder.decode(octets: [UInt8](repeating: 0x55, count: 160), into: &out) == .frames(320))
    }

    @Test func silenceDescriptionsAreNotSound() throws {
        let speech = try CodecVector.first("G729").payloads[0]
        var out: [Int16] = []
        let g729 = try libraryDecoder("G729", 8000, "annexb=yes")
        #expect(g729.decode(octets: [0x11, 0x22], into: &out) == .discontinuous)
        #expect(g729.decode(octets: speech.prefix(10) + [0x11, 0x22], into: &out) == .frames(80))
        #expect(g729.duration(octets: speech.prefix(10) + [0x11, 0x22]) == 160)
        out = []
        let g723 = try libraryDecoder("G723")
        #expect(g723.decode(octets: [0x02, 0, 0, 0], into: &out) == .discontinuous)
        #expect(g723.decode(octets: [0x03], into: &out) == .discontinuous)
        // AMR: silence description, octet-aligned; nothing to send, bandwidth-efficient.
        let amr = try libraryDecoder("AMR", 8000, "octet-align=1")
        #expect(amr.decode(octets: [0xF0, 0x44, 1, 2, 3, 4, 5], into: &out) == .discontinuous)
        #expect(try libraryDecoder("AMR").decode(octets: [0xF7, 0xC0], into: &out) == .discontinuous)
        #expect(out.isEmpty)
    }

    /// Frames of Speex end where their submodes say, and nothing else tells how many there are.
    @Test func speexFramesAreCountedByTheirSubmodes() throws {
        let narrow = octets("2c3ac612ba8de67fe4304626829b5f56fe04029a600dd8b5915e0dfc3fe6efdf82d6d2964487")
        let wide = octets(
            "31c380bf0e887e3ccadeb7027f9766c7fdd096ee53afa3ee6882d53b3c26868e2f2fbfb55ec61e961886530ca6dbbbc00af3"
                + "c9ab272dd98e7b8ab0b8ababab0e0ababababab7")
        var out: [Int16] = []
        #expect(try libraryDecoder("speex").decode(octets: narrow, into: &out) == .frames(160))
        #expect(level(out) > 10)
        out = []
        #expect(try libraryDecoder("speex", 16_000).decode(octets: wide, into: &out) == .frames(320))
        #expect(level(out) > 10)
        // A narrowband decoder leaves the upper band out.
        #expect(try libraryDecoder("speex").decode(octets: wide, into: &out) == .frames(160))
        // Submode 0 is discontinuous transmission: five zeros, then the filling.
        #expect(try libraryDecoder("speex").decode(octets: [0b0000_0011], into: &out) == .discontinuous)
        #expect(try libraryDecoder("speex").decode(octets: [0b0111_1111], into: &out) == .undecodable(.malformed))
    }

    /// The library's own start is an unstable filter; in 20 ms mode it gave noise at full scale.
    @Test(arguments: ["mode=20", "mode=30"]) func theFirstFrameOfILBCIsNoBurst(mode: String) throws {
        let vector = try CodecVector.first("ILBC", mode)
        let decoder = try libraryDecoder("iLBC", 8000, mode)
        var out: [Int16] = []
        _ = decoder.decode(octets: vector.payloads[0], into: &out)
        #expect(!out.contains { abs(Int($0)) >= 32_000 })
        #expect(level(out) > 0)
    }

    @Test func theFiltersOfG722DelayItsSound() throws {
        #expect(try libraryDecoder("G722").delay == 22)
        #expect(try libraryDecoder("GSM").delay == 0)
    }

    @Test func modeOfILBCFollowsTheLength() throws {
        let decoder = try libraryDecoder("iLBC", 8000, "mode=30")
        var out: [Int16] = []
        for vector in CodecVector.all where vector.codec.encoding == "ILBC" {
            #expect(decoder.decode(octets: vector.payloads[0], into: &out) == .frames(vector.frames / 3))
        }
    }

    @Test(arguments: [
        ("AMR-WB", 8000, ""), ("G729", 16_000, ""), ("SPEEX", 11_025, ""), ("GSM", 44_100, ""),
    ])
    func otherUsesAreRefused(encoding: String, clock: Int, parameters: String) throws {
        let codec = try description(encoding, clock, parameters)
        #expect(!CodecRegistry.isSupported(codec))
        #expect(CodecRegistry.makeDecoder(for: codec) == nil)
        #expect(codec.audioRate == nil)
        #expect(!CodecRegistry.isSupported(CodecDescription(encoding: encoding, clockRate: .narrowband, channels: 2)))
    }
}
