import Evidence
import NetworkLayers
import TestSupport
import Testing

@Suite struct StreamAssemblerTests {
    private static let here = Endpoint(FrameBuilder.client, 5060)
    private static let there = Endpoint(FrameBuilder.server, 40000)
    private static let path = NetworkPath(source: here, destination: there)

    /// One segment for a table.
    struct Part {
        var text = ""
        var sequence: UInt32 = 0
        var flags: TCPFlags = .acknowledgement
        var acknowledgement: UInt32 = 0
        var isReply = false
        /// More octets on the wire than captured.
        var cut = 0
        var seconds = 0.0
    }

    struct Run {
        var assembler: StreamAssembler
        var log = FindingLog()
        var chunks: [StreamChunk] = []
        var frame: UInt32 = 0

        init(limits: Limits = Limits()) { assembler = StreamAssembler(limits: limits) }

        mutating func add(_ part: Part) {
            frame += 1
            // The payload lies behind headers, as in a frame.
            let bytes = [UInt8](repeating: 0, count: 54) + Array(part.text.utf8)
            let segment = TCPSegment(
                source: part.isReply ? there : here, destination: part.isReply ? here : there, sequence: part.sequence,
                acknowledgement: part.acknowledgement, flags: part.flags, payloadStart: 54, payloadCount: part.text.utf8.count,
                declaredCount: part.text.utf8.count + part.cut)
            chunks += assembler.add(
                segment, of: bytes.span.bytes, origin: Origin(capture: 0, frame: frame), time: CaptureTime(seconds: 10 + part.seconds), findings: &log)
        }

        mutating func finish() { chunks += assembler.finish(findings: &log) }

        /// Lost octets show as `[3]`, the end as `$`, a new connection as `|`.
        var text: String {
            var out = ""
            var last: UInt64?
            for chunk in chunks where chunk.path == path {
                if let last, last != chunk.connection { out += "|" }
                last = chunk.connection
                out += (chunk.lostBefore > 0 ? "[\(chunk.lostBefore)]" : "") + String(decoding: chunk.octets, as: UTF8.self) + (chunk.isEnd ? "$" : "")
            }
            return out
        }
        var codes: [String] { log.sorted.map(\.rule.code) }
    }

    private static let syn = Part(sequence: 99, flags: .synchronize)

    @Test(arguments: [
        ("in order", [syn, Part(text: "abc", sequence: 100), Part(text: "def", sequence: 103)], "abcdef"),
        ("out of order", [syn, Part(text: "def", sequence: 103), Part(text: "abc", sequence: 100)], "abcdef"),
        ("retransmission", [syn, Part(text: "abc", sequence: 100), Part(text: "abc", sequence: 100), Part(text: "d", sequence: 103)], "abcd"),
        ("retransmission with more", [syn, Part(text: "abc", sequence: 100), Part(text: "abcdef", sequence: 100)], "abcdef"),
        ("overlap at the tail", [syn, Part(text: "abcd", sequence: 100), Part(text: "cdef", sequence: 102)], "abcdef"),
        ("overlap while waiting", [syn, Part(text: "cde", sequence: 102), Part(text: "def", sequence: 103), Part(text: "abc", sequence: 100)], "abcdef"),
        ("one over several waiting", [syn, Part(text: "c", sequence: 102), Part(text: "e", sequence: 104), Part(text: "abcdef", sequence: 100)], "abcdef"),
        ("keep-alive probe", [syn, Part(text: "abc", sequence: 100), Part(text: "\0", sequence: 102), Part(text: "def", sequence: 103)], "abcdef"),
        ("repeated SYN", [syn, syn, Part(text: "abc", sequence: 100), syn, Part(text: "def", sequence: 103)], "abcdef"),
        ("SYN with data", [Part(text: "abc", sequence: 99, flags: .synchronize), Part(text: "def", sequence: 103)], "abcdef"),
        ("FIN with data", [syn, Part(text: "abc", sequence: 100, flags: [.finish, .acknowledgement])], "abc$"),
        (
            "FIN alone, then a retransmission", [syn, Part(text: "abc", sequence: 100), Part(sequence: 103, flags: .finish), Part(text: "abc", sequence: 100)],
            "abc$"
        ),
        ("FIN before the data", [syn, Part(sequence: 103, flags: .finish), Part(text: "abc", sequence: 100)], "abc$"),
        ("RST", [syn, Part(text: "abc", sequence: 100), Part(text: "why", sequence: 103, flags: .reset)], "abc$"),
        ("port used again", [syn, Part(text: "abc", sequence: 100), Part(sequence: 500, flags: .synchronize), Part(text: "xyz", sequence: 501)], "abc$|xyz"),
        (
            "wrap of the sequence",
            [
                Part(sequence: 0xFFFF_FFFD, flags: .synchronize), Part(text: "cd", sequence: 0), Part(text: "ab", sequence: 0xFFFF_FFFE),
                Part(text: "ef", sequence: 2),
            ], "abcdef"
        ),
        ("no SYN", [Part(text: "abc", sequence: 100), Part(text: "def", sequence: 103)], "abcdef"),
        ("no SYN, first two swapped", [Part(text: "def", sequence: 103), Part(text: "abc", sequence: 100)], "abcdef"),
        ("no SYN, probe first", [Part(text: "\0", sequence: 99), Part(text: "abc", sequence: 100)], "abc"),
        ("no SYN, FIN at once", [Part(text: "abc", sequence: 100, flags: .finish)], "abc$"),
    ])
    func assembles(name: String, parts: [Part], expected: String) {
        var run = Run()
        for part in parts { run.add(part) }
        run.finish()
        #expect(run.text == expected, "\(name)")
        #expect(run.log.isEmpty, "\(name): \(run.log.sorted.map(\.message))")
    }

    @Test(arguments: [
        ("hole at finish", [syn, Part(text: "abc", sequence: 100), Part(text: "ghi", sequence: 106)], "abc[3]ghi"),
        ("cut by snap length", [syn, Part(text: "abc", sequence: 100, cut: 5), Part(text: "ghi", sequence: 108)], "abc[5]ghi"),
        ("hole before FIN", [syn, Part(text: "abc", sequence: 100), Part(sequence: 105, flags: .finish)], "abc[2]$"),
        (
            "hole before a new connection", [syn, Part(text: "b", sequence: 101), Part(sequence: 7, flags: .synchronize), Part(text: "x", sequence: 8)],
            "[1]b$|x"
        ),
    ])
    func holesAreSkippedWithTheirSizeAndAFinding(name: String, parts: [Part], expected: String) {
        var run = Run()
        for part in parts { run.add(part) }
        run.finish()
        #expect(run.text == expected, "\(name)")
        #expect(run.codes == ["NET003"], "\(name)")
    }

    @Test func holeIsSkippedOnceThePeerHasAcknowledgedBeyondIt() {
        var run = Run()
        run.add(Self.syn)
        run.add(Part(text: "abc", sequence: 100))
        run.add(Part(text: "ghi", sequence: 106))
        #expect(run.text == "abc")
        for second in 1..<10 { run.add(Part(sequence: 1, acknowledgement: 103, isReply: true, seconds: Double(second))) }
        #expect(run.text == "abc", "the peer itself misses the octets: they will be sent again")
        run.add(Part(sequence: 1, acknowledgement: 109, isReply: true, seconds: 10))
        #expect(run.text == "abc")
        run.add(Part(sequence: 1, acknowledgement: 109, isReply: true, seconds: 12.1))
        #expect(run.text == "abc[3]ghi")
        run.add(Part(text: "def", sequence: 103))
        run.add(Part(text: "jkl", sequence: 109))
        #expect(run.text == "abc[3]ghijkl")
    }

    @Test func lateOctetsWithinTheAllowanceAreStillTaken() {
        var run = Run()
        run.add(Self.syn)
        run.add(Part(text: "def", sequence: 103))
        for _ in 0..<30 { run.add(Part(sequence: 1, acknowledgement: 106, isReply: true, seconds: 0.5)) }
        run.add(Part(text: "abc", sequence: 100, seconds: 1))
        #expect(run.text == "abcdef")
        #expect(run.log.isEmpty)
    }

    @Test func streamWithoutSynIsDeliveredAfterTheStartAllowance() {
        var run = Run()
        run.add(Part(text: "abc", sequence: 100))
        #expect(run.text == "")
        run.add(Part(sequence: 1, acknowledgement: 103, isReply: true, seconds: 0.21))
        #expect(run.text == "abc")
    }

    @Test func waitingOctetsThatComeAgainDifferentlyAreAFindingAndTheFirstWin() {
        var run = Run()
        run.add(Self.syn)
        run.add(Part(text: "def", sequence: 103))
        run.add(Part(text: "dXf", sequence: 103))
        run.add(Part(text: "abc", sequence: 100))
        #expect(run.text == "abcdef")
        #expect(run.codes == ["NET007"])
    }

    @Test func everyOctetKnowsItsSegment() throws {
        var run = Run()
        run.add(Self.syn)
        run.add(Part(text: "def", sequence: 103))
        run.add(Part(text: "abcde", sequence: 100))
        let chunk = try #require(run.chunks.first)
        #expect(chunk.origins.origin(at: 2) == Origin(capture: 0, frame: 3, offset: 56))
        #expect(chunk.origins.origin(at: 4) == Origin(capture: 0, frame: 2, offset: 55))
    }

    @Test func waitingOctetsAreBounded() {
        var limits = Limits()
        limits.tcpPendingOctets = 1000
        var run = Run(limits: limits)
        run.add(Self.syn)
        for index in 0..<20 { run.add(Part(text: String(repeating: "x", count: 100), sequence: UInt32(200 + index * 100))) }
        #expect(run.chunks.first?.lostBefore == 100)
        #expect(Set(run.codes) == ["NET003", "NET004"])
        #expect(run.chunks.map(\.octets.count).reduce(0, +) == 2000)
    }

    @Test func ignoredDirectionGivesNothingUntilANewConnection() {
        var run = Run()
        run.add(Self.syn)
        run.add(Part(text: "SSH", sequence: 100))
        run.assembler.ignore(path: Self.path)
        run.add(Part(text: "-2.0", sequence: 103))
        run.add(Part(text: "far", sequence: 203))
        run.add(Part(sequence: 900, flags: .synchronize))
        run.add(Part(text: "INVITE", sequence: 901))
        run.finish()
        #expect(run.text == "SSH$|INVITE")
        #expect(run.log.isEmpty)
    }

    @Test func directionsAreBounded() {
        var limits = Limits()
        limits.tcpStreams = 50
        var assembler = StreamAssembler(limits: limits)
        var log = FindingLog()
        let bytes: [UInt8] = [1, 2]
        var chunks = 0
        for index in 0..<1000 {
            let segment = TCPSegment(
                source: Endpoint(IPAddress(v4: UInt32(index)), 1), destination: Self.there, sequence: 1, acknowledgement: 0, flags: [],
                payloadStart: 0, payloadCount: 2, declaredCount: 2)
            chunks +=
                assembler.add(segment, of: bytes.span.bytes, origin: Origin(capture: 0, frame: 1), time: CaptureTime(seconds: 1), findings: &log)
                .filter { !$0.octets.isEmpty }.count
            #expect(assembler.directionCount <= 50)
        }
        chunks += assembler.finish(findings: &log).count
        #expect(chunks == 1000)
        #expect(log.contains(.net004))
    }

    @Test func anyCutOrderAndRepetitionGivesTheSameStream() {
        for _ in 0..<400 {
            var random = SeededRandom(seed: UInt64.random(in: 0...UInt64.max))
            let text = String(decoding: (0..<Int.random(in: 1...300, using: &random)).map { UInt8(0x41 + $0 % 50) }, as: UTF8.self)
            let base = UInt32.random(in: 0...UInt32.max, using: &random)
            var parts: [Part] = []
            var covered = 0
            let units = Array(text.utf8)
            while covered < units.count {
                let start = max(0, covered - Int.random(in: 0...9, using: &random))
                let end = min(units.count, covered + Int.random(in: 1...40, using: &random))
                parts.append(Part(text: String(decoding: units[start..<end], as: UTF8.self), sequence: base &+ UInt32(start)))
                covered = end
            }
            parts += parts.prefix(3)
            parts.shuffle(using: &random)
            var run = Run()
            run.add(Part(sequence: base &- 1, flags: .synchronize))
            for part in parts { run.add(part) }
            run.finish()
            #expect(run.text == text, "seed \(random.seed)")
            #expect(run.log.isEmpty, "seed \(random.seed)")
        }
    }

    @Test func noiseNeverTraps() {
        var random = SeededRandom(seed: UInt64.random(in: 0...UInt64.max))
        var limits = Limits()
        limits.tcpPendingOctets = 2000
        limits.tcpStreams = 3
        var run = Run(limits: limits)
        for _ in 0..<20_000 {
            let near = UInt32.random(in: 0...3000, using: &random)
            run.add(
                Part(
                    text: String(repeating: "z", count: Int.random(in: 0...90, using: &random)),
                    sequence: Int.random(in: 0..<50, using: &random) == 0 ? UInt32.random(in: 0...UInt32.max, using: &random) : near,
                    flags: TCPFlags(rawValue: Int.random(in: 0..<10, using: &random) == 0 ? UInt8.random(in: 0...31, using: &random) : 16),
                    acknowledgement: near &* 3, isReply: Bool.random(using: &random), cut: Int.random(in: 0..<3, using: &random)))
        }
        run.finish()
        #expect(run.assembler.directionCount == 0, "seed \(random.seed)")
    }
}
