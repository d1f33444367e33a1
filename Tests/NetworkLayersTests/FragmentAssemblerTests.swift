import Evidence
import NetworkLayers
import TestSupport
import Testing

@Suite struct FragmentAssemblerTests {
    private typealias Build = FrameBuilder

    /// One fragment for a table: octets of the datagram's payload, and whether more follow.
    struct Part {
        let range: Range<Int>
        var more = true
        var fill: UInt8?
        var identification = 1
        var seconds = 0.0
    }

    private static let whole = (0..<40).map { UInt8($0) }

    private func run(_ parts: [Part], limits: Limits = Limits(), link: UInt32 = 101) -> (datagrams: [ReassembledDatagram], log: FindingLog) {
        var assembler = FragmentAssembler(limits: limits)
        var log = FindingLog()
        var out: [ReassembledDatagram] = []
        for (index, part) in parts.enumerated() {
            let octets = part.fill.map { [UInt8](repeating: $0, count: part.range.count) } ?? part.range.map { UInt8($0 & 255) }
            let frame = Build.ipv4(octets, identification: part.identification, fragment: part.range.lowerBound / 8 | (part.more ? 0x2000 : 0))
            guard case .fragment(let fragment) = FrameContent.decode(frame.span.bytes, linkType: link) else { continue }
            let time = CaptureTime(seconds: 100 + part.seconds)
            let origin = Origin(capture: 0, frame: UInt32(index + 1))
            if let done = assembler.add(fragment, of: frame.span.bytes, origin: origin, time: time, findings: &log) { out.append(done) }
        }
        assembler.finish(findings: &log)
        #expect(assembler.pendingCount == 0)
        return (out, log)
    }

    @Test(arguments: [
        ("in order", [Part(range: 0..<16), Part(range: 16..<32), Part(range: 32..<40, more: false)]),
        ("reversed", [Part(range: 32..<40, more: false), Part(range: 16..<32), Part(range: 0..<16)]),
        ("repeated", [Part(range: 0..<16), Part(range: 0..<16), Part(range: 16..<40, more: false)]),
        ("overlap at the head", [Part(range: 0..<24), Part(range: 16..<40, more: false)]),
        ("overlap at the tail", [Part(range: 16..<40, more: false), Part(range: 0..<24)]),
        ("one inside another", [Part(range: 8..<16), Part(range: 0..<24), Part(range: 24..<40, more: false)]),
        ("one over several", [Part(range: 8..<16), Part(range: 24..<32), Part(range: 0..<32), Part(range: 32..<40, more: false)]),
        ("completed then repeated", [Part(range: 0..<16), Part(range: 16..<40, more: false), Part(range: 16..<40, more: false)]),
    ])
    func agreeingFragmentsGiveTheDatagramWithoutFinding(name: String, parts: [Part]) throws {
        let (datagrams, log) = run(parts)
        #expect(datagrams.count == 1, "\(name)")
        #expect(datagrams.first?.octets == Self.whole, "\(name)")
        #expect(datagrams.first?.proto == 17)
        #expect(log.isEmpty, "\(name): \(log.sorted.map(\.message))")
    }

    @Test func everyOctetKnowsItsFrame() throws {
        let (datagrams, _) = run([Part(range: 16..<40, more: false), Part(range: 0..<24)])
        let origins = try #require(datagrams.first?.origins)
        #expect(origins.origin(at: 0) == Origin(capture: 0, frame: 2, offset: 20))
        #expect(origins.origin(at: 15) == Origin(capture: 0, frame: 2, offset: 35))
        #expect(origins.origin(at: 16) == Origin(capture: 0, frame: 1, offset: 20))
        #expect(datagrams.first?.octets[16] == 16)
    }

    @Test func firstArrivalWinsAndDisagreementIsAFinding() {
        let (datagrams, log) = run([Part(range: 0..<24, fill: 1), Part(range: 16..<40, more: false, fill: 2)])
        #expect(datagrams.first?.octets == [UInt8](repeating: 1, count: 24) + [UInt8](repeating: 2, count: 16))
        #expect(log.sorted.map(\.rule.code) == ["NET002"])
    }

    @Test func twoDifferentEndsDisagree() {
        let (_, log) = run([Part(range: 16..<40, more: false), Part(range: 16..<32, more: false)])
        #expect(log.contains(.net002))
    }

    @Test func incompleteTrainIsReportedAtFinishAndAfterItsAge() {
        #expect(run([Part(range: 0..<16)]).log.sorted.map(\.rule.code) == ["NET001"])
        let aged = run([Part(range: 0..<16), Part(range: 16..<40, more: false, seconds: 61)])
        #expect(aged.datagrams.isEmpty)
        #expect(aged.log.sorted.map(\.count) == [2])
    }

    @Test func trainsAreBounded() {
        var limits = Limits()
        limits.fragmentTrains = 10
        let (_, log) = run((0..<200).map { Part(range: 0..<16, identification: $0) }, limits: limits)
        #expect(log.sorted.first { $0.rule == .net001 }?.count == 200)
        #expect(log.sorted.first { $0.rule == .net004 }?.count == 190)
    }

    @Test func fragmentBeyondTheLargestDatagramIsRefused() {
        let (datagrams, log) = run([Part(range: 65528..<65628, more: false)])
        #expect(datagrams.isEmpty)
        #expect(log.contains(.net004))
    }

    @Test func reassembledDatagramDecodesToItsTransport() throws {
        let udp = Build.udp([1, 2, 3, 4, 5, 6, 7, 8, 9])
        var assembler = FragmentAssembler(limits: Limits())
        var log = FindingLog()
        var done: ReassembledDatagram?
        for (offset, more, part) in [(0, UInt8(1), Array(udp[..<8])), (8, 0, Array(udp[8...]))] {
            // A destination-options header sits behind the Fragment header of the first fragment only.
            let head: [UInt8] = offset == 0 ? [17, 0, 1, 4, 0, 0, 0, 0] : []
            let at = offset == 0 ? 0 : offset + 8
            let frame = Build.ipv6([60, 0, UInt8(at >> 8), UInt8(at & 255) | more, 0, 0, 0, 5] + head + part, next: 44)
            guard case .fragment(let fragment) = FrameContent.decode(frame.span.bytes, linkType: 229) else { continue }
            done = assembler.add(fragment, of: frame.span.bytes, origin: Origin(capture: 0, frame: 1), time: CaptureTime(seconds: 1), findings: &log)
        }
        guard case .udp(let datagram) = decodeTransport(of: try #require(done)) else {
            Issue.record("not UDP")
            return
        }
        #expect(datagram.payloadStart == 16 && datagram.payloadCount == 9)
        #expect(datagram.source == Endpoint(Build.client6, 5060))
    }

    @Test func anyOrderAndOverlapOfAgreeingPiecesGivesTheWhole() {
        for _ in 0..<300 {
            var random = SeededRandom(seed: UInt64.random(in: 0...UInt64.max))
            let size = Int.random(in: 9...400, using: &random)
            var parts = [Part(range: (size - 1) / 8 * 8..<size, more: false)]
            var covered = 0
            while covered < size - 8 {
                let start = max(0, covered - 8 * Int.random(in: 0...2, using: &random))
                let end = min((size - 1) / 8 * 8, start + 8 * Int.random(in: 1...9, using: &random))
                if start < end { parts.append(Part(range: start..<end)) }
                covered = max(covered, end)
            }
            parts.shuffle(using: &random)
            let (datagrams, log) = run(parts)
            #expect(datagrams.first?.octets == (0..<size).map { UInt8($0 & 255) }, "seed \(random.seed)")
            #expect(!log.contains(.net002), "seed \(random.seed)")
        }
    }
}
