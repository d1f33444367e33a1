import Evidence
import MediaCodecs
import Testing

/// Every codec against another decoder's sound of the same payloads.
@Suite struct CodecVectorTests {
    /// Bit for bit where the decoder calculates in whole numbers; within a rounding where it does not.
    @Test(arguments: CodecVector.all) func soundIsThatOfTheReference(vector: CodecVector) throws {
        let decoder = try vector.makeDecoder()
        var out: [Int16] = []
        var duration = 0
        for payload in vector.payloads {
            let before = out.count
            guard case .frames(let frames) = decoder.decode(octets: payload, into: &out) else {
                Issue.record("no sound in a payload of \(payload.count) octets")
                continue
            }
            #expect(out.count - before == frames * decoder.channels)
            duration += decoder.duration(octets: payload) ?? 0
        }
        #expect(decoder.channels == vector.codec.channels)
        #expect(out.count == vector.frames * vector.codec.channels)
        #expect(duration == vector.frames * vector.codec.clockRate.hertz / decoder.sampleRate)
        if let hash = vector.hash { #expect(fingerprint(out) == hash) }
        let probes = vector.probes.indices.map { out[(2 * $0 + 1) * out.count / (2 * vector.probes.count)] }
        #expect(vector.probes.count == 12 && zip(probes, vector.probes).allSatisfy { abs(Int($0) - Int($1)) <= 2 }, "\(probes)")
    }

    /// What has no line of its own: the names of G.729 mean one decoder, and Opus has tests against its own library.
    @Test func everyCodecHasAReference() {
        let own: Set = ["OPUS", "G729A", "G729AB", "G729B"]
        #expect(CodecRegistry.names.filter { name in !own.contains(name) && !CodecVector.all.contains { $0.codec.encoding == name } } == [])
        #expect(Set(CodecVector.all.filter { $0.codec.encoding == "SPEEX" }.map(\.codec.clockRate.hertz)) == [8000, 16_000, 32_000])
    }

    @Test(arguments: ["G729A", "G729B", "G729AB"]) func allOfG729IsOneDecoder(name: String) throws {
        let vector = try CodecVector.first("G729")
        let decoder = try #require(CodecRegistry.makeDecoder(for: CodecDescription(encoding: name, clockRate: .narrowband, parameters: "annexb=yes")))
        var out: [Int16] = []
        for payload in vector.payloads { _ = decoder.decode(octets: payload, into: &out) }
        #expect(fingerprint(out) == vector.hash)
    }

    @Test(arguments: CodecVector.all) func resetForgetsEverything(vector: CodecVector) throws {
        let decoder = try vector.makeDecoder()
        var first: [Int16] = []
        var second: [Int16] = []
        for payload in vector.payloads { _ = decoder.decode(octets: payload, into: &first) }
        decoder.reset()
        for payload in vector.payloads { _ = decoder.decode(octets: payload, into: &second) }
        #expect(first == second)
    }

    @Test(arguments: CodecVector.all) func truncationAtEveryLengthIsBounded(vector: CodecVector) throws {
        let decoder = try vector.makeDecoder()
        let payload = vector.payloads[0]
        var out: [Int16] = []
        for length in 0...payload.count {
            out.removeAll()
            let result = decoder.decode(octets: Array(payload.prefix(length)), into: &out)
            if case .frames(let frames) = result { #expect(out.count == frames * decoder.channels) } else { #expect(out.isEmpty) }
            if length == 0 { #expect(result == .undecodable(.empty)) }
        }
    }

    /// Of these only G.729 has a frame that stands for a lost one and fades: libavcodec's G.723.1 grows louder, its iLBC repeats itself for ever.
    @Test(arguments: CodecVector.all) func concealmentGoesOnFromTheLastSound(vector: CodecVector) throws {
        let decoder = try vector.makeDecoder()
        var out: [Int16] = []
        #expect(decoder.conceal(frames: 960, into: &out) == 0, "nothing to go on from")
        for payload in vector.payloads { _ = decoder.decode(octets: payload, into: &out) }
        let before = out.count
        let made = decoder.conceal(frames: 2405, into: &out)
        #expect(out.count - before == made)
        let isConcealing = vector.codec.encoding.hasPrefix("G729")
        #expect(made == (isConcealing ? 2400 : 0))
        if isConcealing {
            let sound = Array(out[before...])
            #expect(level(Array(sound[..<240])) > 0)
            #expect(level(Array(sound[2160...])) < level(Array(sound[..<240])), "it fades")
        }
    }
}
