import Evidence
import RTPSyntax
import TestSupport
import Testing

struct RTPHeaderTests {
    /// Two contributing sources, an extension of one word, payload of 5 and padding of 3.
    static let full: [UInt8] =
        [0xB2, 0x88, 0xF1, 0x7B, 0x80, 0x41, 0xF8, 0xD3, 0x55, 0x01, 0xA0, 0xB2] + [0, 0, 0, 1, 0, 0, 0, 2] + [0xBE, 0xDE, 0, 1, 0x10, 0xAA, 0, 0]
        + [1, 2, 3, 4, 5, 0, 0, 3]

    @Test func readsEveryFieldBehindAnOffset() throws {
        let packet = [9, 9, 9] + Self.full
        let header = try #require(parse(packet, at: 3))
        #expect(header.padding && header.hasExtension && header.marker)
        #expect(header.payloadType == PayloadType(8))
        #expect(header.sequence == SequenceNumber(0xF17B))
        #expect(header.timestamp == RTPTimestamp(0x8041_F8D3))
        #expect(header.ssrc == SSRC(0x5501_A0B2))
        #expect(header.csrcCount == 2)
        #expect(header.sources(in: packet, at: 3) == [SSRC(1), SSRC(2)])
        #expect(header.extensionProfile == 0xBEDE && header.extensionLength == 4)
        #expect(header.headerLength == 28)
        #expect(header.payload(of: packet, at: 3) == 5)
        #expect(header.elements(in: packet, at: 3).map(\.range) == [28..<29])
    }

    @Test func refusesEveryHeaderThatIsCutOff() throws {
        for count in 0..<28 { #expect(parse(Array(Self.full.prefix(count))) == nil, "\(count) octets") }
        for count in 28...Self.full.count { #expect(parse(Array(Self.full.prefix(count))) != nil, "\(count) octets") }
    }

    @Test(arguments: [UInt8(0x00), 0x40, 0xC0]) func refusesOtherVersions(_ first: UInt8) {
        #expect(parse([first] + [UInt8](repeating: 0, count: 40)) == nil)
    }

    @Test func refusesPlacesOutsideTheOctets() {
        #expect(parse(Self.full, at: -1, count: 20) == nil)
        #expect(parse(Self.full, at: 0, count: Self.full.count + 1) == nil)
        #expect(parse(Self.full, at: 30, count: 12) == nil)
        #expect(parse(Self.full, at: .max, count: 12) == nil)
        #expect(parse(Self.full, at: 0, count: -5) == nil)
    }

    @Test(arguments: [(UInt8(0), nil), (1, 7), (3, 5), (8, 0), (9, nil), (255, nil)] as [(UInt8, Int?)])
    func paddingThatLiesGivesNoPayload(_ pad: UInt8, _ expected: Int?) throws {
        var packet = Self.full
        packet[packet.count - 1] = pad
        let header = try #require(parse(packet))
        #expect(header.payload(of: packet) == expected)
        #expect(header.unpadded(8, lastOctet: pad) == expected)
    }

    @Test func paddingWithoutAnyPayloadIsALie() throws {
        let packet = Array(Self.full.prefix(28))
        #expect(try #require(parse(packet)).payload(of: packet) == nil)
    }

    @Test func anExtensionLongerThanThePacketIsRefused() {
        var packet = Self.full
        packet[22] = 0xFF
        packet[23] = 0xFF
        #expect(parse(packet) == nil)
        packet[22] = 0
        packet[23] = 4
        #expect(parse(packet) == nil)
        packet[23] = 3
        #expect(parse(packet)?.headerLength == 36)
    }

    @Test func contributingSourcesOutsideTheListAreNil() throws {
        let header = try #require(parse(Self.full))
        #expect(header.source(1, in: Self.full) == SSRC(2))
        #expect(header.source(2, in: Self.full) == nil)
        #expect(header.source(-1, in: Self.full) == nil)
        #expect(header.source(0, in: [1, 2, 3]) == nil)
    }

    struct ExtensionCase: Sendable {
        let profile: UInt16
        let data: [UInt8]
        let ids: [UInt8]
        let lengths: [Int]
    }

    static let extensionCases: [ExtensionCase] = [
        // Identifier 1 with two octets, padding, identifier 14 with one.
        ExtensionCase(profile: 0xBEDE, data: [0x11, 0xAA, 0xBB, 0x00, 0xE0, 0xCC, 0x00, 0x00], ids: [1, 14], lengths: [2, 1]),
        // Identifier 15 ends the list, whatever follows.
        ExtensionCase(profile: 0xBEDE, data: [0x10, 0xAA, 0xF0, 0x20, 0xBB, 0, 0, 0], ids: [1], lengths: [1]),
        // An element that claims more than there is ends it too.
        ExtensionCase(profile: 0xBEDE, data: [0x10, 0xAA, 0x2F, 0xBB, 0, 0, 0, 0], ids: [1], lengths: [1]),
        // Two-octet form: empty element 200, then element 3 of three octets.
        ExtensionCase(profile: 0x1000, data: [200, 0, 3, 3, 1, 2, 3, 0], ids: [200, 3], lengths: [0, 3]),
        ExtensionCase(profile: 0x100F, data: [5, 9, 1, 2, 3, 4, 5, 6], ids: [], lengths: []),
        ExtensionCase(profile: 0x1000, data: [0, 0, 0, 7], ids: [], lengths: []),
        // Of some other profile.
        ExtensionCase(profile: 0x8500, data: [0x10, 0xAA, 0, 0], ids: [], lengths: []),
    ]

    @Test(arguments: extensionCases) func readsExtensionElements(_ sample: ExtensionCase) throws {
        let head: [UInt8] = [0x90, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, UInt8(sample.profile >> 8), UInt8(sample.profile & 255), 0, UInt8(sample.data.count / 4)]
        let packet = head + sample.data
        let header = try #require(parse(packet))
        let elements = header.elements(in: packet)
        #expect(elements.map(\.id) == sample.ids)
        #expect(elements.map(\.range.count) == sample.lengths)
        for element in elements { #expect(header.element(element.id, in: packet) == element.range) }
        #expect(header.element(13, in: packet) == nil)
    }

    @Test func randomOctetsNeverTrapAndNeverPointOutside() {
        var random = SeededRandom(seed: 0x5EED)
        for _ in 0..<20_000 {
            var packet = random.bytes(Int.random(in: 0...80, using: &random))
            if !packet.isEmpty, Bool.random(using: &random) { packet[0] = 0x80 | packet[0] & 0x3F }
            _ = compound(packet)
            _ = isRTP(packet)
            _ = isRTCP(packet)
            guard let header = parse(packet) else { continue }
            #expect(header.headerLength <= packet.count, "seed \(random.seed)")
            if let payload = header.payload(of: packet) { #expect(payload >= 0 && header.headerLength + payload <= packet.count, "seed \(random.seed)") }
            for element in header.elements(in: packet) { #expect(element.range.upperBound <= header.headerLength, "seed \(random.seed)") }
            #expect(header.sources(in: packet).count == header.csrcCount, "seed \(random.seed)")
        }
    }
}
