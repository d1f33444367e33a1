import Evidence
import MediaCodecs
import TestSupport
import Testing

/// The forms of AMR (RFC 4867), and the enhanced full rate of GSM, which is one of its modes.
@Suite struct AMRTests {
    @Test func silenceBetweenTwoFramesKeepsItsLength() throws {
        let vector = try CodecVector.first("AMR", "octet-align=1")
        let single = vector.payloads[0]
        let entry = single[1]
        let speech = Array(single[2...])
        var out: [Int16] = []
        let packet = [single[0], entry | 0x80, 0xFC, entry] + speech + speech
        #expect(try libraryDecoder("AMR", 8000, "octet-align=1").decode(octets: packet, into: &out) == .frames(480))
        #expect(out[160..<320].allSatisfy { $0 == 0 })
        #expect(out[..<160].contains { $0 != 0 })
    }

    @Test func alignmentFollowsTheLengthWhereTheDescriptionIsWrong() throws {
        let vector = try CodecVector.first("AMR", "octet-align=1")
        var right: [Int16] = []
        var wrong: [Int16] = []
        let payload = vector.payloads[0]
        #expect(try libraryDecoder("AMR", 8000, "octet-align=1").decode(octets: payload, into: &right) == .frames(160))
        #expect(try libraryDecoder("AMR").decode(octets: payload, into: &wrong) == .frames(160))
        #expect(right == wrong)
    }

    /// Two frames of AMR, plain, then in each of the forms that the format parameters add.
    @Test func additionsToOctetAlignedAMR() throws {
        let vector = try CodecVector.first("AMR", "octet-align=1")
        let packets = vector.payloads.prefix(2)
        let entries = packets.map { $0[1] }
        let speech = packets.map { Array($0[2...]) }
        try #require(speech[0].count == speech[1].count)
        var plain: [Int16] = []
        #expect(
            try libraryDecoder("AMR", 8000, "octet-align=1").decode(octets: [0xF0, entries[0] | 0x80, entries[1]] + speech[0] + speech[1], into: &plain)
                == .frames(320))
        let sorted = (0..<speech[0].count).flatMap { [speech[0][$0], speech[1][$0]] }
        for (parameters, packet) in [
            ("crc=1", [0xF0, entries[0] | 0x80, entries[1], 0xF3, 0x13] + speech[0] + speech[1]),
            ("octet-align=1;robust-sorting=1", [0xF0, entries[0] | 0x80, entries[1]] + sorted),
            ("interleaving=30", [0xF0, 0x00, entries[0] | 0x80, entries[1]] + speech[0] + speech[1]),
        ] {
            var out: [Int16] = []
            #expect(try libraryDecoder("AMR", 8000, parameters).decode(octets: packet, into: &out) == .frames(320))
            #expect(out == plain, "\(parameters)")
            for length in 0..<packet.count {
                out = []
                let result = try libraryDecoder("AMR", 8000, parameters).decode(octets: Array(packet.prefix(length)), into: &out)
                #expect(result == .undecodable(length == 0 ? .empty : .malformed), "\(parameters) \(length)")
            }
        }
        // Two of four frames: what stands between them is in other packets.
        var out: [Int16] = []
        let group = [0xF0, 0x10, entries[0] | 0x80, entries[1]] + speech[0] + speech[1]
        let decoder = try libraryDecoder("AMR", 8000, "interleaving=30")
        #expect(decoder.decode(octets: group, into: &out) == .undecodable(.malformed))
        let parts = try #require(decoder.separate(octets: group))
        #expect(parts == SeparatedFrames(groupLength: 2, index: 0, step: 160, payloads: zip(entries, speech).map { [0xF0, 0, $0] + $1 }))
        for part in parts.payloads { #expect(decoder.decode(octets: part, into: &out) == .frames(160)) }
        #expect(out == plain)
        // A place that the group does not have.
        #expect(decoder.separate(octets: [0xF0, 0x12] + group[2...]) == nil)
        for length in 0..<group.count { #expect(decoder.separate(octets: Array(group.prefix(length))) == nil) }
        // What is not dealt out is not taken apart.
        #expect(try libraryDecoder("AMR", 8000, "octet-align=1").separate(octets: vector.payloads[0]) == nil)
    }

    /// Remainders of the polynomial division by hand, bits reversed, of the first 81 (AMR 12.2) and 72 bits (AMR-WB 23.85).
    @Test(arguments: [("AMR", 8000, [0xF3, 0x13, 0x98] as [UInt8]), ("AMR-WB", 16_000, [0xA4, 0x0D, 0x67] as [UInt8])])
    func checksumsAreVerified(encoding: String, clock: Int, checksums: [UInt8]) throws {
        let decoder = try libraryDecoder(encoding, clock, "crc=1")
        let payloads = try CodecVector.first(encoding, "octet-align=1").payloads
        for (payload, checksum) in zip(payloads, checksums) {
            let parts = try #require(decoder.separate(octets: [payload[0], payload[1], checksum] + payload[2...]))
            #expect(parts.groupLength == 1 && parts.payloads == [[0xF0, payload[1], checksum] + payload[2...]])
        }
        // One wrong bit among those that are protected, then one behind them.
        var damaged = [payloads[0][0], payloads[0][1], checksums[0]] + payloads[0][2...]
        damaged[3] ^= 0x40
        #expect(decoder.separate(octets: damaged)?.payloads == [[]])
        damaged[3] ^= 0x40
        damaged[damaged.count - 2] ^= 0x40
        #expect(decoder.separate(octets: damaged)?.payloads.first?.isEmpty == false)
    }

    /// A sender whose checksums never fit reckons them in another way: that costs no sound.
    @Test func checksumsThatNeverFitAreNotBelieved() throws {
        let decoder = try libraryDecoder("AMR", 8000, "crc=1")
        let payload = try CodecVector.first("AMR", "octet-align=1").payloads[0]
        for _ in 0..<10 {
            #expect(decoder.separate(octets: [payload[0], payload[1], 0x11] + payload[2...])?.payloads == [[0xF0, payload[1], 0xF3] + payload[2...]])
        }
    }

    @Test(arguments: ["crc=1", "robust-sorting=1", "interleaving=4", "octet-align=1;crc=1;robust-sorting=1;interleaving=4"])
    func randomPayloadsInTheOtherFormsOfAMR(parameters: String) throws {
        var random = SeededRandom(seed: 0xA38)
        let decoder = try libraryDecoder("AMR-WB", 16_000, parameters)
        var out: [Int16] = []
        for round in 0..<1000 {
            out.removeAll(keepingCapacity: true)
            let result = decoder.decode(octets: random.bytes(Int(random.next() % 150)), into: &out)
            if case .frames(let frames) = result { #expect(out.count == frames, "seed \(random.seed) round \(round)") } else { #expect(out.isEmpty) }
        }
    }

    // MARK: GSM-EFR

    /// The same speech in the order of the encoder and in that of importance; see `codec-vectors.txt`.
    @Test func enhancedFullRateIsAMRInAnotherOrder() throws {
        var sorted: [Int16] = []
        var plain: [Int16] = []
        let amr = try libraryDecoder("AMR", 8000, "octet-align=1")
        let efr = try libraryDecoder("GSM-EFR")
        let payloads = (try CodecVector.first("AMR", "octet-align=1").payloads, try CodecVector.first("GSM-EFR").payloads)
        for payload in payloads.0 { _ = amr.decode(octets: payload, into: &sorted) }
        for payload in payloads.1 { #expect(efr.decode(octets: payload, into: &plain) == .frames(160)) }
        #expect(plain == sorted && !plain.isEmpty)
        // Two frames may share a payload (RFC 3551 section 4.3).
        var both: [Int16] = []
        #expect(try libraryDecoder("GSM-EFR").decode(octets: payloads.1[0] + payloads.1[1], into: &both) == .frames(320))
        #expect(both == Array(plain[..<320]))
    }

    /// 95 bits of 1s at their places are no speech, also where up to 15 of them are wrong.
    @Test func silenceDescriptionsOfEnhancedFullRate() throws {
        var silence = [UInt8](repeating: 0, count: 31)
        silence[0] = 0xC0
        let places = [45...46, 48...68, 94...96, 98...118, 148...171, 196...209, 212...221].flatMap(\.self)
        #expect(places.count == 95)
        for place in places { silence[(place + 4) / 8] |= 0x80 >> UInt8((place + 4) % 8) }
        let decoder = try libraryDecoder("GSM-EFR")
        var out: [Int16] = []
        #expect(decoder.decode(octets: silence, into: &out) == .discontinuous)
        for place in places.prefix(15) { silence[(place + 4) / 8] &= ~(0x80 >> UInt8((place + 4) % 8)) }
        #expect(decoder.decode(octets: silence, into: &out) == .discontinuous)
        silence[(places[15] + 4) / 8] &= ~(0x80 >> UInt8((places[15] + 4) % 8))
        #expect(decoder.decode(octets: silence, into: &out) == .frames(160))
        silence[0] = 0xD0
        #expect(decoder.decode(octets: silence, into: &out) == .undecodable(.malformed))
    }
}
