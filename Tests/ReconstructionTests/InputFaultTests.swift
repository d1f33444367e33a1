import CaptureSurvey
import Evidence
import PacketInput
import RecordingPlan
import Synchronization
import TestSupport
import Testing

/// Inputs that fail on the way, never end or never begin.
struct InputFaultTests {
    /// What `octets` and then, without end, `filling` unpack to, at a thousand to one.
    private struct EndlessInput: CaptureInput {
        let octets: [UInt8]
        var filling: [UInt8] = [0]
        /// Calls after which the reading fails.
        var failsAfter: Int?
        let displayName = "endless.pcap.gz"
        let isExplicit = true
        let size: Int? = 1_000_000_000

        var knownSHA256: String? { nil }
        func sha256() throws(InputFault) -> String { "" }
        func open() throws(InputFault) -> any CaptureReader { EndlessReader(self) }
    }

    private final class EndlessReader: CaptureReader {
        private let input: EndlessInput
        private var given = 0
        private var calls = 0

        init(_ input: EndlessInput) { self.input = input }

        var amount: ReadAmount? { ReadAmount(taken: given / 1000, unpacked: given) }

        func read(into buffer: inout [UInt8], from offset: Int) throws(InputFault) -> Int {
            calls += 1
            if let last = input.failsAfter, calls > last { throw InputFault(name: input.displayName, reason: "the disk failed") }
            let count = given < input.octets.count ? min(input.octets.count - given, buffer.count - offset) : min(64 << 10, buffer.count - offset)
            for index in 0..<count {
                buffer[offset + index] = given + index < input.octets.count ? input.octets[given + index] : input.filling[(given + index) % input.filling.count]
            }
            given += count
            return count
        }
    }

    /// Interrupts after some looks, and remembers the last one.
    private final class Impatient: ReconstructionObserver {
        private struct State {
            var looks = 0
            var last: ReconstructionProgress?
        }

        private let state = Mutex(State())
        private let limit: Int
        private let stage: ReconstructionProgress.Stage

        init(after limit: Int, of stage: ReconstructionProgress.Stage) {
            self.limit = limit
            self.stage = stage
        }

        var last: ReconstructionProgress? { state.withLock { $0.last } }
        var isInterrupted: Bool { state.withLock { $0.looks >= limit } }

        func progressed(_ progress: ReconstructionProgress) {
            state.withLock {
                $0.last = progress
                if progress.stage == stage { $0.looks += 1 }
            }
        }
    }

    private static let sip = Array("OPTIONS sip:a@b SIP/2.0\r\nCall-ID: x\r\n\r\n".utf8)
    private static let log = Array("U 2026/08/17 10:03:31.123456 198.51.100.10:5060 -> 203.0.113.5:5080\nOPTIONS sip:a@b SIP/2.0\nCall-ID: x\n\n".utf8)

    private func survey(_ input: EndlessInput, _ observer: Impatient) -> Survey {
        let merge = FrameMerge([input], limits: Limits(), observer: observer)
        return Surveyor.run(merge, options: ReadingOptions(), hashKey: 1, observer: observer)
    }

    @Test("a capture that unpacks without end and has no first frame can be interrupted", .timeLimit(.minutes(1)))
    func withoutFrame() throws {
        let observer = Impatient(after: 3, of: .open)
        let survey = survey(EndlessInput(octets: CaptureScript.header), observer)
        #expect(survey.wasInterrupted)
        let last = try #require(observer.last)
        // The second look at the input ends at its first question.
        #expect(last.amount.unpacked > 0 && last.amount.unpacked < 64 << 20)
        #expect(last.amount.taken <= last.amount.unpacked / 1000 + 1)
        #expect(last.octetsTotal == 1_000_000_000)
        let finding = try #require(survey.findings.sorted.first { $0.rule.code == "OUT003" })
        #expect(finding.message.contains("of 1000000000 bytes, which decompressed to"))
    }

    @Test("one that has frames says how far it was when it was interrupted", .timeLimit(.minutes(1)))
    func withFrames() throws {
        var script = CaptureScript()
        for number in 0..<3 { script.datagram(number, from: Socket(1, 5060), to: Socket(2, 5060), Self.sip) }
        let observer = Impatient(after: 4, of: .survey)
        let survey = survey(EndlessInput(octets: script.pcap()), observer)
        #expect(survey.wasInterrupted)
        #expect(survey.counts.sip == 3)
        #expect(survey.findings.sorted.contains { $0.rule.code == "OUT003" })
        #expect(survey.captures.map(\.packets) == [3])
    }

    @Test("a text log that goes on without messages can be interrupted", .timeLimit(.minutes(1)))
    func logWithoutEnd() throws {
        let observer = Impatient(after: 4, of: .survey)
        let survey = survey(EndlessInput(octets: Self.log + Self.log, filling: Array("nothing to see\n".utf8)), observer)
        #expect(survey.wasInterrupted)
        // The last message may go on, so it is still open.
        #expect(survey.counts.sip >= 1)
        let last = try #require(observer.last)
        #expect(last.amount.unpacked < 64 << 20)
    }

    @Test("what came before a read error is used, and the error is told with its file", arguments: [CaptureScript.header, log])
    func readError(head: [UInt8]) throws {
        var script = CaptureScript()
        for number in 0..<3 { script.datagram(number, from: Socket(1, 5060), to: Socket(2, 5060), Self.sip) }
        let octets = head == Self.log ? Self.log + Self.log + Array("end\n".utf8) : script.pcap()
        let survey = survey(EndlessInput(octets: octets, failsAfter: 2), Impatient(after: .max, of: .survey))
        #expect(!survey.wasInterrupted)
        #expect(survey.counts.sip >= 1)
        let finding = try #require(survey.findings.sorted.first { $0.rule.code == "CAP012" })
        #expect(finding.message.contains("the disk failed"))
        #expect(finding.subject.capture == "endless.pcap.gz")
    }

    @Test("an input that fails at once is rejected with the reason")
    func failsAtOnce() {
        let survey = survey(EndlessInput(octets: CaptureScript.header, failsAfter: 0), Impatient(after: .max, of: .survey))
        #expect(survey.rejected.map(\.reason) == ["the disk failed"])
        #expect(survey.captures.isEmpty)
    }

    @Test("a log is the same datagrams however its octets come", arguments: [1, 7, 100_000])
    func logReader(chunk: Int) {
        let merge = FrameMerge([MemoryInput(Self.log + Self.log, name: "sipmsg.log", chunk: chunk)], limits: Limits())
        let survey = Surveyor.run(merge, options: ReadingOptions(), hashKey: 1, observer: nil)
        #expect(survey.counts.sip == 2)
        #expect(survey.captures.map(\.format) == ["sipmsg-log"])
        #expect(survey.findings.sorted.contains { $0.rule.code == "CAP015" && $0.subject.capture == "sipmsg.log" })
    }
}
