import Evidence
import RTPSyntax
import Testing

struct HeaderExtensionMeaningTests {
    private static func packet(csrcs: [UInt32] = [], profile: UInt16, _ data: [UInt8]) -> [UInt8] {
        [0x90 | UInt8(csrcs.count), 0] + [UInt8](repeating: 1, count: 10)
            + csrcs.flatMap { [UInt8($0 >> 24), UInt8($0 >> 16 & 255), UInt8($0 >> 8 & 255), UInt8($0 & 255)] }
            + [UInt8(profile >> 8), UInt8(profile & 255), 0, UInt8(data.count / 4)] + data + [1, 2, 3]
    }

    private static func radio(_ octets: [UInt8]) throws -> RadioExtension? {
        let bytes = octets.span.bytes
        let header = RTPHeader(parsing: bytes, at: 0, count: octets.count)
        return RadioExtension(try #require(header), in: bytes)
    }

    @Test func radiosSayWhatIsPressed() throws {
        let first = try #require(try Self.radio(Self.packet(profile: 0x67, [0xB5, 0xFF, 0xFF, 0xFF])))
        #expect(first.pushToTalk == .test && first.isSquelchOpen && first.identifier == 5)
        let later = try #require(try Self.radio(Self.packet(csrcs: [7], profile: 0x167, [0x2F, 0xC0, 0, 0, 0, 0, 0, 0])))
        #expect(later.pushToTalk == .normal && !later.isSquelchOpen && later.identifier == 63)
        #expect(try Self.radio(Self.packet(profile: 0xBEDE, [0xB5, 0xFF, 0xFF, 0xFF])) == nil)
        // An extension of no words says nothing.
        #expect(try Self.radio(Self.packet(profile: 0x67, [])) == nil)
    }

    @Test func levelsAreReadByTheirIdentifier() throws {
        let octets = Self.packet(csrcs: [0x111, 0x222, 0x333], profile: 0xBEDE, [0x30, 0x85, 0x41, 0x7F, 0x0A, 0, 0, 0])
        let bytes = octets.span.bytes
        let parsed = RTPHeader(parsing: bytes, at: 0, count: octets.count)
        let header = try #require(parsed)
        let own = header.clientLevel(3, in: bytes)
        let none = header.clientLevel(9, in: bytes)
        #expect(own == AudioLevel(decibelsBelow: 5, isVoice: true) && none == nil)
        // Fewer levels than contributors: the rest is not known.
        let levels = header.contributorLevels(4, in: bytes)
        #expect(levels.map(\.ssrc.value) == [0x111, 0x222] && levels.map(\.level.decibelsBelow) == [127, 10])
        #expect(levels.map(\.level.isTalk) == [false, true])
    }
}
