import Evidence
import MediaCodecs
import TestSupport
import Testing

private func octets(_ hex: String) -> [UInt8] {
    let digits = hex.utf8.map { $0 < 0x3A ? $0 - 0x30 : $0 - 0x57 }
    return stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
}

private func fingerprint(_ samples: [Int16]) -> UInt64 {
    samples.reduce(0xCBF2_9CE4_8422_2325) { hash, sample in
        let bits = UInt64(UInt16(bitPattern: sample))
        return ((hash ^ bits & 0xFF) &* 0x100_0000_01B3 ^ bits >> 8) &* 0x100_0000_01B3
    }
}

private func level(_ samples: [Int16]) -> Double {
    (samples.reduce(0.0) { $0 + Double($1) * Double($1) } / Double(max(1, samples.count))).squareRoot()
}

private func description(_ encoding: String, _ clock: Int = 8000, _ parameters: String? = nil) throws -> CodecDescription {
    CodecDescription(encoding: encoding, clockRate: try #require(ClockRate(clock)), parameters: parameters)
}

private func makeDecoder(_ encoding: String, _ clock: Int = 8000, _ parameters: String? = nil) throws -> any AudioDecoder {
    try #require(CodecRegistry.makeDecoder(for: description(encoding, clock, parameters)), "is libavcodec installed?")
}

/// Narrowband clock, except where the payload format has another.
private func clock(of encoding: String) -> Int { encoding == "AMR-WB" ? 16_000 : 8000 }

private let libraryCodecs = CodecRegistry.names.filter { !["PCMU", "PCMA", "L16", "OPUS"].contains($0) }

@Suite struct LibraryCodecTests {
    @Test(arguments: CodecVector.all) func soundIsThatOfTheReference(vector: CodecVector) throws {
        let decoder = try makeDecoder(vector.encoding, vector.clock, vector.parameters)
        var out: [Int16] = []
        for payload in vector.payloads.map(octets) {
            let before = out.count
            let each = vector.frames / vector.payloads.count
            #expect(decoder.decode(octets: payload, into: &out) == .frames(each))
            #expect(out.count - before == each)
            #expect(decoder.duration(octets: payload) == each * vector.clock / decoder.sampleRate)
        }
        #expect(decoder.channels == 1)
        if let hash = vector.hash { #expect(fingerprint(out) == hash) }
        #expect(abs(level(out) - Double(vector.level)) <= 2)
    }

    @Test(arguments: CodecVector.all) func resetForgetsEverything(vector: CodecVector) throws {
        let decoder = try makeDecoder(vector.encoding, vector.clock, vector.parameters)
        var first: [Int16] = []
        var second: [Int16] = []
        for payload in vector.payloads { _ = decoder.decode(octets: octets(payload), into: &first) }
        decoder.reset()
        for payload in vector.payloads { _ = decoder.decode(octets: octets(payload), into: &second) }
        #expect(first == second)
    }

    @Test(arguments: CodecVector.all) func truncationAtEveryLengthIsBounded(vector: CodecVector) throws {
        let decoder = try makeDecoder(vector.encoding, vector.clock, vector.parameters)
        let payload = octets(vector.payloads[0])
        var out: [Int16] = []
        for length in 0...payload.count {
            out.removeAll()
            let result = decoder.decode(octets: Array(payload.prefix(length)), into: &out)
            if case .frames(let frames) = result { #expect(out.count == frames) } else { #expect(out.isEmpty) }
            if length == 0 { #expect(result == .undecodable(.empty)) }
        }
    }

    @Test(arguments: libraryCodecs) func randomPayloadsNeverTrapAndStayBounded(encoding: String) throws {
        var random = SeededRandom(seed: 0xC0DEC)
        let decoder = try makeDecoder(encoding, clock(of: encoding))
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
        #expect(try makeDecoder("AMR", 8000, "octet-align=1").decode(octets: entries, into: &out) == .undecodable(.malformed))
        #expect(try makeDecoder("G723").decode(octets: [UInt8](repeating: 3, count: 60_000), into: &out) == .undecodable(.malformed))
        #expect(out.isEmpty)
    }

    @Test func wideSoundBehindANarrowClock() throws {
        let codec = try description("G722")
        #expect(codec.audioRate == 16_000)
        let decoder = try makeDecoder("G722")
        #expect(decoder.sampleRate == 16_000)
        #expect(decoder.duration(octets: [UInt8](repeating: 0x55, count: 160)) == 160)
        var out: [Int16] = []
        #expect(decoder.decode(octets: [UInt8](repeating: 0x55, count: 160), into: &out) == .frames(320))
    }

    @Test func silenceDescriptionsAreNotSound() throws {
        let speech = octets(CodecVector.all.first { $0.encoding == "G729" }?.payloads[0] ?? "")
        var out: [Int16] = []
        let g729 = try makeDecoder("G729", 8000, "annexb=yes")
        #expect(g729.decode(octets: [0x11, 0x22], into: &out) == .discontinuous)
        #expect(g729.decode(octets: speech.prefix(10) + [0x11, 0x22], into: &out) == .frames(80))
        #expect(g729.duration(octets: speech.prefix(10) + [0x11, 0x22]) == 160)
        out = []
        let g723 = try makeDecoder("G723")
        #expect(g723.decode(octets: [0x02, 0, 0, 0], into: &out) == .discontinuous)
        #expect(g723.decode(octets: [0x03], into: &out) == .discontinuous)
        // AMR: silence description, octet-aligned; nothing to send, bandwidth-efficient.
        let amr = try makeDecoder("AMR", 8000, "octet-align=1")
        #expect(amr.decode(octets: [0xF0, 0x44, 1, 2, 3, 4, 5], into: &out) == .discontinuous)
        #expect(try makeDecoder("AMR").decode(octets: [0xF7, 0xC0], into: &out) == .discontinuous)
        #expect(out.isEmpty)
    }

    @Test func silenceBetweenTwoFramesKeepsItsLength() throws {
        let vector = try #require(CodecVector.all.first { $0.encoding == "AMR" && $0.parameters == "octet-align=1" })
        let single = octets(vector.payloads[0])
        let entry = single[1]
        let speech = Array(single[2...])
        var out: [Int16] = []
        let packet = [single[0], entry | 0x80, 0xFC, entry] + speech + speech
        #expect(try makeDecoder("AMR", 8000, "octet-align=1").decode(octets: packet, into: &out) == .frames(480))
        #expect(out[160..<320].allSatisfy { $0 == 0 })
        #expect(out[..<160].contains { $0 != 0 })
    }

    @Test func alignmentFollowsTheLengthWhereTheDescriptionIsWrong() throws {
        let vector = try #require(CodecVector.all.first { $0.encoding == "AMR" && $0.parameters == "octet-align=1" })
        var right: [Int16] = []
        var wrong: [Int16] = []
        let payload = octets(vector.payloads[0])
        #expect(try makeDecoder("AMR", 8000, "octet-align=1").decode(octets: payload, into: &right) == .frames(160))
        #expect(try makeDecoder("AMR").decode(octets: payload, into: &wrong) == .frames(160))
        #expect(right == wrong)
    }

    /// Frames of Speex end where their submodes say, and nothing else tells how many there are.
    @Test func speexFramesAreCountedByTheirSubmodes() throws {
        let narrow = octets("2c3ac612ba8de67fe4304626829b5f56fe04029a600dd8b5915e0dfc3fe6efdf82d6d2964487")
        let wide = octets(
            "31c380bf0e887e3ccadeb7027f9766c7fdd096ee53afa3ee6882d53b3c26868e2f2fbfb55ec61e961886530ca6dbbbc00af3"
                + "c9ab272dd98e7b8ab0b8ababab0e0ababababab7")
        var out: [Int16] = []
        #expect(try makeDecoder("speex").decode(octets: narrow, into: &out) == .frames(160))
        #expect(level(out) > 10)
        out = []
        #expect(try makeDecoder("speex", 16_000).decode(octets: wide, into: &out) == .frames(320))
        #expect(level(out) > 10)
        // A narrowband decoder leaves the upper band out.
        #expect(try makeDecoder("speex").decode(octets: wide, into: &out) == .frames(160))
        // Submode 0 is discontinuous transmission: five zeros, then the filling.
        #expect(try makeDecoder("speex").decode(octets: [0b0000_0011], into: &out) == .discontinuous)
        #expect(try makeDecoder("speex").decode(octets: [0b0111_1111], into: &out) == .undecodable(.malformed))
    }

    /// The library's own start is an unstable filter; in 20 ms mode it gave noise at full scale.
    @Test(arguments: ["mode=20", "mode=30"]) func theFirstFrameOfILBCIsNoBurst(mode: String) throws {
        let vector = try #require(CodecVector.all.first { $0.encoding == "iLBC" && $0.parameters == mode })
        let decoder = try makeDecoder("iLBC", 8000, mode)
        var out: [Int16] = []
        _ = decoder.decode(octets: octets(vector.payloads[0]), into: &out)
        #expect(!out.contains { abs(Int($0)) >= 32_000 })
        #expect(level(out) > 0)
    }

    @Test func theFiltersOfG722DelayItsSound() throws {
        #expect(try makeDecoder("G722").delay == 22)
        #expect(try makeDecoder("GSM").delay == 0)
    }

    /// Two frames of AMR, plain, then in each of the forms that the format parameters add.
    @Test func additionsToOctetAlignedAMR() throws {
        let vector = try #require(CodecVector.all.first { $0.encoding == "AMR" && $0.parameters == "octet-align=1" })
        let packets = vector.payloads.prefix(2).map(octets)
        let entries = packets.map { $0[1] }
        let speech = packets.map { Array($0[2...]) }
        try #require(speech[0].count == speech[1].count)
        var plain: [Int16] = []
        #expect(
            try makeDecoder("AMR", 8000, "octet-align=1").decode(octets: [0xF0, entries[0] | 0x80, entries[1]] + speech[0] + speech[1], into: &plain)
                == .frames(320))
        let sorted = (0..<speech[0].count).flatMap { [speech[0][$0], speech[1][$0]] }
        for (parameters, packet) in [
            ("crc=1", [0xF0, entries[0] | 0x80, entries[1], 0xAA, 0x55] + speech[0] + speech[1]),
            ("octet-align=1;robust-sorting=1", [0xF0, entries[0] | 0x80, entries[1]] + sorted),
            ("interleaving=30", [0xF0, 0x00, entries[0] | 0x80, entries[1]] + speech[0] + speech[1]),
        ] {
            var out: [Int16] = []
            #expect(try makeDecoder("AMR", 8000, parameters).decode(octets: packet, into: &out) == .frames(320))
            #expect(out == plain, "\(parameters)")
            for length in 0..<packet.count {
                out = []
                let result = try makeDecoder("AMR", 8000, parameters).decode(octets: Array(packet.prefix(length)), into: &out)
                #expect(result == .undecodable(length == 0 ? .empty : .malformed), "\(parameters) \(length)")
            }
        }
        var out: [Int16] = []
        let group = [0xF0, 0x10, entries[0] | 0x80, entries[1]] + speech[0] + speech[1]
        #expect(try makeDecoder("AMR", 8000, "interleaving=30").decode(octets: group, into: &out) == .undecodable(.malformed))
    }

    @Test(arguments: ["crc=1", "robust-sorting=1", "interleaving=4", "octet-align=1;crc=1;robust-sorting=1;interleaving=4"])
    func randomPayloadsInTheOtherFormsOfAMR(parameters: String) throws {
        var random = SeededRandom(seed: 0xA38)
        let decoder = try makeDecoder("AMR-WB", 16_000, parameters)
        var out: [Int16] = []
        for round in 0..<1000 {
            out.removeAll(keepingCapacity: true)
            let result = decoder.decode(octets: random.bytes(Int(random.next() % 150)), into: &out)
            if case .frames(let frames) = result { #expect(out.count == frames, "seed \(random.seed) round \(round)") } else { #expect(out.isEmpty) }
        }
    }

    @Test func modeOfILBCFollowsTheLength() throws {
        let decoder = try makeDecoder("iLBC", 8000, "mode=30")
        var out: [Int16] = []
        for vector in CodecVector.all where vector.encoding == "iLBC" {
            #expect(decoder.decode(octets: octets(vector.payloads[0]), into: &out) == .frames(vector.frames / 3))
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

    /// Of these only G.729 has a frame that stands for a lost one and fades: libavcodec's G.723.1 grows louder, its iLBC repeats itself for ever.
    @Test(arguments: CodecVector.all) func concealmentGoesOnFromTheLastSound(vector: CodecVector) throws {
        let decoder = try makeDecoder(vector.encoding, vector.clock, vector.parameters)
        var out: [Int16] = []
        #expect(decoder.conceal(frames: 960, into: &out) == 0, "nothing to go on from")
        for payload in vector.payloads { _ = decoder.decode(octets: octets(payload), into: &out) }
        let before = out.count
        let made = decoder.conceal(frames: 2405, into: &out)
        #expect(out.count - before == made)
        let isConcealing = vector.encoding.hasPrefix("G729")
        #expect(made == (isConcealing ? 2400 : 0))
        if isConcealing {
            let sound = Array(out[before...])
            #expect(level(Array(sound[..<240])) > 0)
            #expect(level(Array(sound[2160...])) < level(Array(sound[..<240])), "it fades")
        }
    }
}
