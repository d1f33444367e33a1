import Dispatch
import Foundation
import Siprecap
import Synchronization
import TestSupport
import Testing

/// The library as a program of somebody else uses it.
@Suite struct FaceTests {
    private static let samples = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("SamplePcaps")

    private static func sample(_ name: String) -> String { samples.appendingPathComponent("\(name)/capture.pcap").path }

    private static func scratch() -> String { FileManager.default.temporaryDirectory.appendingPathComponent("siprecap-face-\(UUID().uuidString)").path }

    /// Whether `body` throws an error that `matches`.
    private func throwing(_ matches: (SiprecapError) -> Bool, _ body: () async throws(SiprecapError) -> Void) async -> Bool {
        do throws(SiprecapError) { try await body() } catch { return matches(error) }
        return false
    }

    @Test func recordingsAreListed() async throws {
        let survey = try await CaptureSet(paths: [Self.sample("01-basic-pcmu-udp")]).survey()
        #expect(survey.captures.map(\.name) == ["capture.pcap"])
        let recordings = survey.plan().recordings
        #expect(recordings.count == 1)
        let recording = try #require(recordings.first)
        #expect(recording.kind == .siprec)
        #expect(Set(recording.participants.map(\.displayName)) == ["Henry Nakamura", "Tina Kowalski"])
        #expect(recording.participants.allSatisfy { $0.confidence == .signalled })
        #expect(recording.streams.filter { $0.media == "audio" }.allSatisfy { $0.codecs == ["PCMU/8000"] && $0.packets > 0 && $0.canBeOpened })
        #expect(recording.duration > .seconds(5))
        #expect(recording.folder.hasSuffix(recording.id))
    }

    @Test func octetsInMemoryAreTheSameCapture() async throws {
        let path = Self.sample("01-basic-pcmu-udp")
        let octets = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
        let fromFile = try await CaptureSet(paths: [path]).survey().plan()
        let fromMemory = try await CaptureSet(octets: [(name: "capture.pcap", octets: octets)]).survey().plan()
        #expect(fromFile.recordings.map(\.id) == fromMemory.recordings.map(\.id))
        #expect(fromFile.findings.map(\.description) == fromMemory.findings.map(\.description))
    }

    @Test func aFolderIsWritten() async throws {
        let folder = Self.scratch()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let result = try await CaptureSet(paths: [Self.sample("01-basic-pcmu-udp")]).survey().plan().render(to: .folder(folder))
        let recording = try #require(result.recordings.first)
        #expect(recording.audio.count == 2)
        for audio in recording.audio {
            #expect(FileManager.default.fileExists(atPath: "\(folder)/\(recording.folder)/\(audio.path)"))
            #expect(audio.frames == Int64((Double(recording.duration.components.seconds) + Double(recording.duration.components.attoseconds) / 1e18) * 8000))
        }
        #expect(FileManager.default.fileExists(atPath: folder + "/run.json"))
    }

    @Test func onePlanServesTwice() async throws {
        let survey = try await CaptureSet(paths: [Self.sample("13-join-leave")]).survey()
        let plan = survey.plan()
        let first = try await plan.render(to: .sink(Collector()))
        let second = try await plan.render(to: .sink(Collector()))
        #expect(!first.recordings.isEmpty)
        #expect(first.recordings.map(\.id) == second.recordings.map(\.id))
        #expect(plan.recordings.count == first.recordings.count)
        var options = Options()
        options.selection.kinds = [.media]
        #expect(try survey.plan(options).recordings.isEmpty)
    }

    // MARK: Sinks

    /// Keeps what it was handed.
    private final class Collector: RecordingSink, Sendable {
        let receivers = Mutex<[Receiver]>([])

        func begin(_ recording: Recording) throws -> (any RecordingReceiver)? {
            let receiver = Receiver(recording)
            receivers.withLock { $0.append(receiver) }
            return receiver
        }
    }

    private final class Receiver: RecordingReceiver, @unchecked Sendable {
        let recording: Recording
        var samples: [AudioTrack.ID: [Int16]] = [:]
        var json: [UInt8] = []
        var paths: [String] = []
        var ends: [String] = []

        init(_ recording: Recording) { self.recording = recording }

        func begin(_ track: AudioTrack) throws { samples[track.id] = [] }
        func append(_ new: Span<Int16>, to track: AudioTrack) throws { for index in new.indices { samples[track.id]?.append(new[index]) } }
        func appendSilence(frames: Int64, to track: AudioTrack) throws {
            samples[track.id]?.append(contentsOf: [Int16](repeating: 0, count: Int(frames) * track.channels))
        }
        func end(_ track: AudioTrack) throws { ends.append(track.id) }
        func file(path: String, octets: [UInt8]) throws { paths.append(path) }
        func sidecar(json: [UInt8]) throws { self.json = json }
        func end() throws { ends.append("all") }
        func abandon() { ends.append("abandoned") }
    }

    @Test func aSinkIsHandedTheSamplesOfTheFiles() async throws {
        let folder = Self.scratch()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        var options = Options()
        options.audio.mix = .stereo
        let plan = try await CaptureSet(paths: [Self.sample("11-hold-resume")]).survey(options).plan()
        let collector = Collector()
        let handed = try await plan.render(to: .sink(collector))
        let written = try await plan.render(to: .folder(folder))
        #expect(handed.recordings.map(\.id) == written.recordings.map(\.id))
        #expect(handed.recordings.map { $0.gaps.map(\.cause) } == written.recordings.map { $0.gaps.map(\.cause) })
        for receiver in collector.receivers.withLock(\.self) {
            #expect(receiver.samples.count == 3)
            #expect(receiver.ends.count == 4 && receiver.ends.last == "all")
            #expect(receiver.paths.contains("signalling.txt"))
            let sidecar = try #require(JSONSerialization.jsonObject(with: Data(receiver.json)) as? [String: Any])
            #expect(sidecar["id"] as? String == receiver.recording.id)
            for (path, samples) in receiver.samples {
                let file = try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(receiver.recording.folder)/\(path)"))
                let octets = samples.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)] }
                #expect(file.range(of: Data(octets)) != nil, "\(path)")
            }
        }
    }

    private struct Refusing: RecordingSink {
        struct Full: Error {}
        let at: String

        func begin(_ recording: Recording) throws -> (any RecordingReceiver)? {
            if at == "begin" { throw Full() }
            return at == "never" ? nil : Receiver()
        }

        final class Receiver: RecordingReceiver {
            func begin(_ track: AudioTrack) throws { throw Full() }
            func append(_ samples: Span<Int16>, to track: AudioTrack) throws {}
            func appendSilence(frames: Int64, to track: AudioTrack) throws {}
        }
    }

    @Test(arguments: ["begin", "track"]) func aSinkThatThrowsEndsWithItsWords(at: String) async throws {
        let plan = try await CaptureSet(paths: [Self.sample("01-basic-pcmu-udp")]).survey().plan()
        #expect(
            await throwing {
                "\($0)".contains("the sink refused: Full()")
            } _: { () async throws(SiprecapError) in
                _ = try await plan.render(to: .sink(Refusing(at: at)))
            })
    }

    @Test func aSinkMayPassARecordingOver() async throws {
        let plan = try await CaptureSet(paths: [Self.sample("01-basic-pcmu-udp")]).survey().plan()
        #expect(try await plan.render(to: .sink(Refusing(at: "never"))).recordings.count == 1)
    }

    // MARK: Errors

    @Test func errorsAreTyped() async throws {
        #expect(
            await throwing {
                if case .unreadable(let path, _) = $0 { path == "/nowhere/x.pcap" } else { false }
            } _: { () async throws(SiprecapError) in
                _ = try CaptureSet(paths: ["/nowhere/x.pcap"])
            })
        #expect(
            await throwing {
                if case .noCapture(let findings) = $0 { findings.first?.code == "CAP007" } else { false }
            } _: { () async throws(SiprecapError) in
                _ = try await CaptureSet(octets: [(name: "note.txt", octets: Array("no capture".utf8))]).survey()
            })
        var options = Options()
        options.reading.limits = ["nonsense=1"]
        let wrong = options
        #expect(
            await throwing {
                if case .invalidOption("limits", _) = $0 { true } else { false }
            } _: { () async throws(SiprecapError) in
                _ = try await CaptureSet(paths: [Self.sample("01-basic-pcmu-udp")]).survey(wrong)
            })
        let foreign = Self.scratch()
        try FileManager.default.createDirectory(atPath: foreign, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: foreign) }
        try Data("mine".utf8).write(to: URL(fileURLWithPath: foreign + "/notes.txt"))
        let plan = try await CaptureSet(paths: [Self.sample("01-basic-pcmu-udp")]).survey().plan()
        #expect(
            await throwing {
                if case .unwritable = $0 { true } else { false }
            } _: { () async throws(SiprecapError) in
                _ = try await plan.render(to: .folder(foreign))
            })
    }

    @Test func findingsExplainThemselves() throws {
        let page = try #require(Finding.Page(code: "SDP104"))
        #expect(!page.meaning.isEmpty && !page.remedy.isEmpty)
        #expect(Finding.Page(code: "XYZ999") == nil)
    }

    @Test func timesAreText() {
        #expect(Timestamp(rfc3339: "1970-01-01T00:00:01.5Z")?.nanoseconds == 1_500_000_000)
        #expect(Timestamp(rfc3339: "1970-01-01T01:00:00+01:00")?.rfc3339 == "1970-01-01T00:00:00.000000000Z")
        #expect(Timestamp(rfc3339: "1970-01-01T00:00:01") == nil)
    }

    // MARK: Progress and cancellation

    /// Two flows of PCMU, long enough that a pass takes seconds.
    private static func long() -> CaptureSet {
        var script = CaptureScript()
        for number in 0..<40_000 {
            for sender in 0..<2 {
                let head: [UInt8] = [0x80, 0] + [UInt8(truncatingIfNeeded: number >> 8), UInt8(truncatingIfNeeded: number)]
                let time = UInt32(number * 160)
                let stamp = [
                    UInt8(truncatingIfNeeded: time >> 24), UInt8(truncatingIfNeeded: time >> 16), UInt8(truncatingIfNeeded: time >> 8),
                    UInt8(truncatingIfNeeded: time),
                ]
                script.datagram(
                    number * 20_000, from: Socket(0x0A00_0001 + UInt32(sender), 4000), to: Socket(0x0A00_0009, 5000 + UInt16(sender) * 2),
                    head + stamp + [0, 0, 0, UInt8(sender + 1)] + [UInt8](repeating: UInt8(truncatingIfNeeded: number), count: 160))
            }
        }
        return CaptureSet(octets: [(name: "long.pcap", octets: script.pcap())])
    }

    private func cancelled(_ body: () async throws(SiprecapError) -> Void) async -> Bool {
        await throwing({ if case .cancelled = $0 { true } else { false } }, body)
    }

    @Test func workIsWatchedAndCancelled() async throws {
        let captures = Self.long()

        // A survey that goes through tells how far it is.
        let watched = captures.startSurvey()
        var last: JobProgress?
        for await progress in watched.progress { last = progress }
        #expect(last?.stage == .survey)
        #expect((last?.fraction ?? 0) > 0.5)
        let plan = try await watched.value.plan()
        #expect(plan.recordings.flatMap(\.streams).count == 2)

        // A task that is cancelled cancels the survey that it waits for.
        let task = Task { await cancelled { () async throws(SiprecapError) in _ = try await captures.survey() } }
        task.cancel()
        #expect(await task.value)

        // So does a rendering: what has begun is abandoned. The sink holds the render up until it is cancelled, however slow the machine is.
        let gate = Gate()
        let job = plan.startRender(to: .sink(gate))
        for await _ in gate.begun { break }
        job.cancel()
        gate.open()
        #expect(await cancelled { () async throws(SiprecapError) in _ = try await job.value })
        #expect(gate.outcome == "abandoned")
    }

    /// In a folder nothing is left of what was not finished.
    @Test func aCancelledRenderLeavesNoHalfFiles() async throws {
        let plan = try await Self.long().survey().plan()
        let folder = Self.scratch()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let job = plan.startRender(to: .folder(folder))
        job.cancel()
        let wasCancelled = await cancelled { () async throws(SiprecapError) in _ = try await job.value }
        let left = try #require(FileManager.default.enumerator(atPath: folder)).compactMap { $0 as? String }.sorted()
        // On a busy machine the work may be done before anybody could cancel it: then all of it is there.
        if wasCancelled {
            #expect(left == ["manifest-sha256.txt", "report.html", "run.json"])
        } else {
            #expect(left.filter { $0.hasSuffix("recording.json") }.count == plan.recordings.count)
        }
    }
}

/// A sink whose first sound waits until the gate opens.
private final class Gate: RecordingSink, RecordingReceiver, @unchecked Sendable {
    let begun: AsyncStream<Void>
    private let started: AsyncStream<Void>.Continuation
    private let latch = DispatchSemaphore(value: 0)
    private let lock = NSLock()
    private var last = "none"

    init() { (begun, started) = AsyncStream.makeStream() }

    var outcome: String { lock.withLock { last } }

    func open() { for _ in 0..<1000 { latch.signal() } }
    func begin(_ recording: Recording) throws -> (any RecordingReceiver)? { self }
    func begin(_ track: AudioTrack) throws {}
    func append(_ samples: Span<Int16>, to track: AudioTrack) throws { wait() }
    func appendSilence(frames: Int64, to track: AudioTrack) throws { wait() }
    func end() throws { lock.withLock { last = "ended" } }
    func abandon() { lock.withLock { last = "abandoned" } }

    private func wait() {
        started.yield()
        latch.wait()
        latch.signal()
    }
}
