import Evidence
import TestSupport
import Testing

@Suite struct FindingTests {
    static let first = Rule(
        code: "SDP104", title: "One", severity: .warning, meaning: "m", consequence: "c", cause: "u", action: "a", remedy: "r", reference: "RFC 3711")
    static let second = Rule(
        code: "CAP001", title: "Two", severity: .error, meaning: "m", consequence: "c", cause: "u", action: "a", remedy: "r", reference: "RFC 3550")

    private static func name(_ capture: UInt32) -> String { capture == 0 ? "day1.pcapng" : "day\(capture + 1).pcapng" }

    @Test func repeatsAreOneFindingWithFirstLastAndCount() throws {
        var log = FindingLog()
        log.report(Self.first, "second words", at: Origin(capture: 0, frame: 9))
        log.report(Self.first, "first words", at: Origin(capture: 0, frame: 3))
        log.report(Self.first, "third words", at: Origin(capture: 1, frame: 1), count: 5)
        let finding = try #require(log.sorted.first)
        #expect(log.sorted.count == 1)
        #expect(finding.message == "first words")
        #expect(finding.count == 7)
        #expect(finding.first == Origin(capture: 0, frame: 3))
        #expect(finding.last == Origin(capture: 1, frame: 1))
    }

    @Test func subjectsKeepFindingsApart() {
        var log = FindingLog()
        log.report(Self.first, "a", at: nil, subject: FindingSubject(callID: "1"))
        log.report(Self.first, "a", at: nil, subject: FindingSubject(callID: "2"))
        log.report(Self.first, "a", at: nil, subject: FindingSubject(callID: "1", stream: "x"))
        #expect(log.sorted.map(\.subject.callID) == ["1", "1", "2"])
    }

    @Test func theOrderOfReportsDoesNotMatter() {
        var random = SeededRandom(seed: 0x0F1D)
        let subjects = [FindingSubject(), FindingSubject(callID: ""), FindingSubject(callID: "a"), FindingSubject(stream: "s")]
        var reports: [(Rule, String, Origin?, FindingSubject)] = []
        for index in 0..<200 {
            let origin = index % 7 == 0 ? nil : Origin(capture: UInt32(index % 3), frame: UInt32.random(in: 1...20, using: &random))
            reports.append(([Self.first, Self.second][index % 2], "words \(index % 5)", origin, subjects[index / 2 % 4]))
        }
        func log(_ reports: [(Rule, String, Origin?, FindingSubject)]) -> FindingLog {
            var log = FindingLog()
            for (rule, message, origin, subject) in reports { log.report(rule, message, at: origin, subject: subject) }
            return log
        }
        let wanted = log(reports).sorted
        for _ in 0..<20 {
            reports.shuffle(using: &random)
            #expect(log(reports).sorted == wanted, "seed \(random.seed)")
            var merged = log(Array(reports[..<70]))
            merged.merge(log(Array(reports[70...])))
            #expect(merged.sorted == wanted, "seed \(random.seed)")
        }
    }

    @Test func theBoundRefusesNewFindingsAndCountsThem() {
        var log = FindingLog(limit: 2)
        for call in ["1", "2", "3"] { log.report(Self.first, "a", at: nil, subject: FindingSubject(callID: call), count: 4) }
        log.report(Self.first, "a", at: nil, subject: FindingSubject(callID: "1"))
        #expect(log.sorted.map(\.count) == [5, 4])
        #expect(log.overflow == 4)
        var outer = FindingLog()
        outer.merge(log)
        #expect(outer.overflow == 4)
    }

    @Test func sortsByPlaceThenRuleAndKnowsTheWorst() {
        var log = FindingLog()
        #expect(log.isEmpty && log.worst == nil)
        log.report(Self.first, "late", at: Origin(capture: 0, frame: 2))
        log.report(Self.second, "no place", at: nil)
        #expect(log.worst == .error)
        log.report(Self.first, "other", at: Origin(capture: 0, frame: 1), subject: FindingSubject(flow: .sctp(1, 2)))
        #expect(log.sorted.map(\.message) == ["other", "late", "no place"])
        #expect(log.contains(Self.second) && !log.isEmpty)
    }

    @Test func severitiesRank() {
        #expect([Severity.error, .info, .warning].sorted() == [.info, .warning, .error])
    }

    @Test func lineNamesPlaceRuleAndRepeats() throws {
        var log = FindingLog()
        log.report(Self.first, "m=audio 2 offers RTP/SAVP but carries no key", at: Origin(capture: 0, frame: 1042, offset: 0x2A), count: 2)
        log.report(Self.first, "again", at: Origin(capture: 0, frame: 1188))
        #expect(
            try #require(log.sorted.first).line(captureName: Self.name)
                == "day1.pcapng: frame 1042 +0x2a: SDP104 warning: m=audio 2 offers RTP/SAVP but carries no key (×3, last in frame 1188)")
    }

    @Test(arguments: [
        (Origin(capture: 0, frame: 7), Origin(capture: 0, frame: 7), 1, "day1.pcapng: frame 7: CAP001 error: words"),
        (Origin(capture: 0, frame: 7), Origin(capture: 0, frame: 7), 3, "day1.pcapng: frame 7: CAP001 error: words (×3)"),
        (Origin(capture: 0, frame: 7), Origin(capture: 1, frame: 7), 2, "day1.pcapng: frame 7: CAP001 error: words (×2, last in day2.pcapng frame 7)"),
        (Origin(capture: 1, frame: 0), Origin(capture: 1, frame: 0), 1, "day2.pcapng: CAP001 error: words"),
        (nil, nil, 1, "CAP001 error: words"),
    ]) func lineFormsForEveryKindOfPlace(first: Origin?, last: Origin?, count: Int, line: String) throws {
        var log = FindingLog()
        log.report(Self.second, "words", at: first, count: count - (first == last ? 0 : 1))
        if first != last { log.report(Self.second, "words", at: last) }
        #expect(try #require(log.sorted.first).line(captureName: Self.name) == line)
    }

    @Test func lineFallsBackToTheSubjectsCaptureAndIsSafe() throws {
        var log = FindingLog()
        log.report(Self.second, "evil \u{1B}[2J\nname", at: nil, subject: FindingSubject(capture: "x.pcap"))
        #expect(try #require(log.sorted.first).line(captureName: Self.name) == "x.pcap: CAP001 error: evil \u{FFFD}[2J\u{FFFD}name")
    }

    @Test func remarksMoveIntoALargerInput() {
        #expect(Remark(Self.first, at: 3, "x").shifted(by: 40) == Remark(Self.first, at: 43, "x"))
    }
}
