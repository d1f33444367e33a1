import CaptureFormat
import CaptureSurvey
import Evidence
import PacketInput
import RecordingPlan
import Synchronization
import TestSupport
import Testing

/// Many inputs as one timeline.
struct FrameMergeTests {
    private struct Recorder: FrameVisitor {
        var times: [Int64] = []
        var captures: [UInt32] = []
        mutating func visit(_ frame: CapturedFrame, _ bytes: RawSpan, capture: UInt32) {
            times.append(frame.time.nanoseconds)
            captures.append(capture)
        }
        mutating func shouldStop(afterReading amount: ReadAmount) -> Bool { false }
    }

    /// Counts readers that are open.
    private final class Gauge: Sendable {
        private let state = Mutex((now: 0, most: 0, total: 0))
        func opened() { state.withLock { $0 = ($0.now + 1, max($0.most, $0.now + 1), $0.total + 1) } }
        func closed() { state.withLock { $0.now -= 1 } }
        var now: Int { state.withLock { $0.now } }
        var most: Int { state.withLock { $0.most } }
        func reset() { state.withLock { $0.most = $0.now } }
    }

    private final class GaugedReader: CaptureReader {
        private let base: any CaptureReader
        private let gauge: Gauge
        init(_ base: any CaptureReader, _ gauge: Gauge) {
            self.base = base
            self.gauge = gauge
            gauge.opened()
        }
        deinit { gauge.closed() }
        func read(into buffer: inout [UInt8], from offset: Int) throws(InputFault) -> Int { try base.read(into: &buffer, from: offset) }
    }

    private struct GaugedInput: CaptureInput {
        let base: MemoryInput
        let gauge: Gauge
        var displayName: String { base.displayName }
        var isExplicit: Bool { true }
        var size: Int? { base.size }
        var knownSHA256: String? { nil }
        func sha256() throws(InputFault) -> String { "" }
        func open() throws(InputFault) -> any CaptureReader { GaugedReader(try base.open(), gauge) }
    }

    /// A file with one small frame at each time, in the order given.
    private static func file(_ microseconds: [Int], _ name: String = "a.pcap") -> MemoryInput {
        var octets = CaptureScript.header
        for time in microseconds {
            octets += CaptureScript.le32(CaptureScript.epoch + time / 1_000_000) + CaptureScript.le32(time % 1_000_000 * 1000)
            octets += CaptureScript.le32(14) + CaptureScript.le32(14) + [UInt8](repeating: UInt8(truncatingIfNeeded: time), count: 14)
        }
        return MemoryInput(octets, name: name)
    }

    private static func run(_ inputs: [any CaptureInput]) -> Recorder {
        let merge = FrameMerge(inputs, limits: Limits())
        var recorder = Recorder()
        _ = merge.run(&recorder)
        return recorder
    }

    @Test("a thousand rotated files need few open at a time, and leave none open")
    func rotated() {
        let gauge = Gauge()
        let files = (0..<1000).map { GaugedInput(base: Self.file([$0 * 100, $0 * 100 + 50, $0 * 100 + 120], "\(($0 * 577) % 1000).pcap"), gauge: gauge) }
        let merge = FrameMerge(files, limits: Limits())
        #expect(gauge.now == 0)
        gauge.reset()
        var recorder = Recorder()
        let finished = merge.run(&recorder)
        #expect(finished.map(\.capture) == Array(0..<1000))
        #expect(recorder.times.count == 3000)
        #expect(recorder.times == recorder.times.sorted())
        #expect(gauge.most <= 4)
        #expect(gauge.now == 0)
    }

    @Test("hundreds of files of the same span are merged packet by packet")
    func overlapping() {
        var random = SeededRandom(seed: 5)
        let files = (0..<300).map { file in Self.file((0..<20).map { $0 * 1000 + (file * 7919) % 1000 }, "\(file).pcap") }
        let merged = Self.run(files.shuffled(using: &random))
        #expect(merged.times.count == 6000)
        #expect(merged.times == merged.times.sorted())
    }

    @Test("a file whose packets overtook one another is merged by time", arguments: [0, 3])
    func disorder(at place: Int) {
        var times = (0..<40).map { $0 * 1000 }
        times.swapAt(place, place + 20)
        let merged = Self.run([Self.file(times), Self.file((0..<40).map { $0 * 1000 + 500 }, "b.pcap")])
        #expect(merged.times.count == 80)
        #expect(merged.times == merged.times.sorted())
        #expect(Set(merged.captures) == [0, 1])
    }

    @Test("a clock that was set back is no disorder: the file is read as it is")
    func clockSetBack() {
        let times = [10_000_000, 10_500_000, 2_000_000, 2_500_000]
        let merged = Self.run([Self.file(times)])
        #expect(merged.times.map { ($0 / 1000) - Int64(CaptureScript.epoch) * 1_000_000 } == times.map(Int64.init))
    }

    @Test("a file in small pieces and out of order gives the same")
    func pieces() {
        var times = (0..<3000).map { $0 * 100 }
        for at in stride(from: 0, to: 2990, by: 7) { times.swapAt(at, at + 3) }
        let octets = Self.file(times).octets
        let whole = Self.run([MemoryInput(octets)])
        #expect(whole.times == whole.times.sorted())
        #expect(Self.run([MemoryInput(octets, chunk: 977)]).times.count == 3000)
    }
}
