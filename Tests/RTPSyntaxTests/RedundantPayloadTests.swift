import Evidence
import RTPSyntax
import TestSupport
import Testing

struct RedundantPayloadTests {
    private func parse(_ octets: [UInt8]) -> RedundantPayload? { RedundantPayload(parsing: octets.span.bytes) }

    /// Two copies of type 0, 320 and 160 units old, of 3 and 2 octets, before a primary block of 4.
    private static let sample: [UInt8] = [
        0x80, 0x05, 0x00, 0x03, 0x80, 0x02, 0x80, 0x02, 0x00, 1, 2, 3, 4, 5, 6, 7, 8, 9,
    ]

    @Test func blocksStandInOrder() throws {
        let parts = try #require(parse(Self.sample))
        #expect(parts.redundant.map(\.timestampOffset) == [320, 160])
        #expect(parts.redundant.map(\.range) == [9..<12, 12..<14])
        #expect(parts.redundant.map(\.payloadType) == [PayloadType(0), PayloadType(0)])
        #expect(parts.primary.range == 14..<18)
        #expect(parts.primary.timestampOffset == 0)
    }

    @Test func aLonePrimaryBlock() throws {
        let parts = try #require(parse([0x6F, 7, 8]))
        #expect(parts.redundant.isEmpty)
        #expect(parts.primary.payloadType == PayloadType(111))
        #expect(parts.primary.range == 1..<3)
    }

    @Test func lengthsAreBelievedOnlyWhereTheyFit() {
        for length in 0..<14 { #expect(parse(Array(Self.sample.prefix(length))) == nil, "\(length)") }
        for length in 14..<18 { #expect(parse(Array(Self.sample.prefix(length)))?.primary.range.count == length - 14) }
        #expect(parse([0x80, 0, 3, 0xFF, 0x00]) == nil)
        #expect(parse([UInt8](repeating: 0x80, count: 400)) == nil)
    }

    @Test func randomOctetsStayInside() {
        var random = SeededRandom(seed: 2198)
        for _ in 0..<5000 {
            let octets = random.bytes(Int(random.next() % 80))
            guard let parts = parse(octets) else { continue }
            #expect((parts.redundant + [parts.primary]).allSatisfy { $0.range.upperBound <= octets.count }, "seed \(random.seed)")
            #expect(parts.primary.range.upperBound == octets.count, "seed \(random.seed)")
        }
    }
}

struct TelephoneEventTests {
    private func parse(_ octets: [UInt8]) -> TelephoneEvent? { TelephoneEvent(parsing: octets.span.bytes) }

    @Test func fields() throws {
        let event = try #require(parse([11, 0x8A, 0x03, 0x20]))
        #expect(event.digit == "#")
        #expect(event.isEnd)
        #expect(event.volume == 10)
        #expect(event.duration == 800)
        #expect(parse([5, 0x0A, 0, 160])?.isEnd == false)
    }

    @Test func tooShortIsNothing() { for length in 0..<4 { #expect(parse([UInt8](repeating: 1, count: length)) == nil) } }

    @Test func everyEventHasAName() {
        #expect((0..<16).map { TelephoneEvent.name(of: $0) }.joined() == "0123456789*#ABCD")
        #expect(TelephoneEvent.name(of: 16) == "flash")
        #expect(TelephoneEvent.name(of: 36) == "fax-calling-tone")
        #expect(TelephoneEvent.name(of: 200) == "event-200")
    }
}

struct RetransmissionPayloadTests {
    @Test func theOriginalNumberComesFirst() {
        let octets: [UInt8] = [0x12, 0x34, 9]
        #expect(RetransmissionPayload(parsing: octets.span.bytes)?.originalSequence == SequenceNumber(0x1234))
        let short: [UInt8] = [0x12]
        #expect(RetransmissionPayload(parsing: short.span.bytes) == nil)
    }
}
