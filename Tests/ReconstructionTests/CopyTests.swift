import CaptureSurvey
import Evidence
import MediaPlayout
import NetworkLayers
import PacketInput
import RecordingPlan
import RecordingRecords
import TestSupport
import Testing

/// The same traffic seen more than once.
struct CopyTests {
    private typealias Session = SessionScript

    /// Ann's packets into `script`, moved by `shift` microseconds.
    private static func ann(
        _ numbers: Range<Int>, without lost: Set<Int> = [], shift: Int = 0, kept: Int? = nil, identified: Bool = false, hops: UInt8 = 64, vlan: Int? = nil,
        into script: inout CaptureScript
    ) {
        for number in numbers where !lost.contains(number) {
            script.datagram(
                500_000 + number * 20_000 + shift, from: Session.ann.source, to: Session.ann.destination, Session.ann.packet(number), kept: kept,
                identification: identified ? 1000 + number : 7, hops: hops, vlan: vlan)
        }
    }

    /// A probe's file: signalling and Ann's packets.
    private static func probe(_ name: String, without lost: Set<Int> = [], shift: Int = 0, kept: Int? = nil) -> MemoryInput {
        var session = Session()
        session.open(ports: 1)
        // Later than the script's epoch, so that a clock may be behind.
        let shift = shift + 10_000_000
        var script = Self.shifted(session.script, by: shift)
        ann(0..<100, without: lost, shift: shift, kept: kept, into: &script)
        return MemoryInput(script.pcap(), name: name)
    }

    /// The same frames later.
    private static func shifted(_ script: CaptureScript, by microseconds: Int) -> CaptureScript {
        var out = CaptureScript()
        for frame in script.frames { out.add(frame.octets, at: frame.microseconds + microseconds) }
        return out
    }

    private static func flow(_ recording: MemoryRecording) throws -> FlowRecord { try #require(try recording.sidecar.streams.flatMap(\.flows).first) }

    @Test("a mirror port that shows both sides of a router: each packet is used once and none counts as a duplicate")
    func mirror() async throws {
        var session = Session()
        session.open(ports: 1)
        Self.ann(0..<100, into: &session.script)
        Self.ann(0..<100, shift: 30, hops: 63, vlan: 10, into: &session.script)
        let recording = try await Reconstructed.run(session.script.pcap()).only
        let flow = try Self.flow(recording)
        #expect(flow.packets == 100)
        #expect(flow.copies == 100)
        #expect(flow.duplicates == 0)
        #expect(flow.codecs.map(\.packets) == [100])
        #expect(try recording.samples(of: "PA") == Session.ann.samples(0..<100))
        #expect(try recording.sidecar.findings.contains { $0.rule == "CAP030" && $0.count == 100 })
    }

    @Test("copies of both sides of a slow router differ in time to live")
    func slowRouter() async throws {
        var session = Session()
        session.open(ports: 1)
        Self.ann(0..<100, into: &session.script)
        Self.ann(0..<100, shift: 9_000, hops: 63, into: &session.script)
        let flow = try Self.flow(try await Reconstructed.run(session.script.pcap()).only)
        #expect(flow.copies == 100)
        #expect(flow.duplicates == 0)
    }

    @Test("what the sender sent twice, or the network doubled, is a duplicate", arguments: [300, 9_000])
    func network(delay: Int) async throws {
        var session = Session()
        session.open(ports: 1)
        Self.ann(0..<100, identified: true, into: &session.script)
        Self.ann(0..<100, shift: delay, identified: delay > 2000, into: &session.script)
        let recording = try await Reconstructed.run(session.script.pcap()).only
        let flow = try Self.flow(recording)
        #expect(flow.copies == nil)
        #expect(flow.duplicates == 100)
        #expect(try recording.samples(of: "PA") == Session.ann.samples(0..<100))
    }

    @Test("one probe's losses are filled from the other's copy")
    func twoProbes() async throws {
        let files = [Self.probe("east.pcap", without: [3, 10, 11, 12, 70]), Self.probe("west.pcap", without: [4, 13, 14, 71], shift: 700)]
        let forward = try await Reconstructed.run(files).only
        let backward = try await Reconstructed.run(files.reversed()).only
        #expect(forward == backward)
        #expect(try forward.samples(of: "PA") == Session.ann.samples(0..<100))
        #expect(try forward.sidecar.streams.flatMap(\.gaps).isEmpty)
        let flow = try Self.flow(forward)
        #expect(flow.packets == 100)
        #expect(flow.copies == 91)
        #expect(flow.captures == [FlowRecord.Supply(name: "east.pcap", packets: 95, copies: 0), FlowRecord.Supply(name: "west.pcap", packets: 5, copies: 91)])
        #expect(try forward.sidecar.dialogs.count == 1)
    }

    @Test("a probe that cut its packets and one that did not: the whole copy is used")
    func snapLength() async throws {
        let files = [Self.probe("cut.pcap", kept: 60), Self.probe("whole.pcap", without: [50], shift: 700)]
        let recording = try await Reconstructed.run(files).only
        #expect(try recording.samples(of: "PA") == Session.ann.samples(0..<50) + silence(160) + Session.ann.samples(51..<100))
        #expect(try recording.sidecar.streams.flatMap(\.gaps).map(\.cause) == [.snapLength])
        #expect(
            try Self.flow(recording).captures == [
                FlowRecord.Supply(name: "cut.pcap", packets: 1, copies: 99), FlowRecord.Supply(name: "whole.pcap", packets: 99, copies: 0),
            ])
    }

    @Test("clocks that differ are measured and told, and corrected only when asked", arguments: [1_250_000, -1_250_000])
    func clocks(shift: Int) async throws {
        let lost = Set(40..<50)
        let files = [Self.probe("east.pcap", without: lost), Self.probe("west.pcap", shift: shift)]
        let told = await Reconstructed.run(files)
        let differences = told.survey.captures.map { ($0.name, $0.clock?.seconds) }
        // The earlier of the two is what the other is compared with.
        let (name, seconds) = shift > 0 ? ("west.pcap", 1.25) : ("east.pcap", 1.25)
        #expect(differences.contains { $0.0 == name && $0.1.map { abs($0 - seconds) < 1e-6 } ?? false }, "\(differences)")
        #expect(differences.filter { $0.1 != nil }.count == 1)
        #expect(told.survey.findings.sorted.contains { $0.rule.code == "CAP031" && $0.message.contains("--clock-offset \(name)=-1.25") })

        var options = ReconstructionOptions()
        options.clockOffsets = [try ClockCorrection(parsing: "west.pcap=\(Double(-shift) / 1e6)")]
        let corrected = await Reconstructed.run(files, options: options)
        #expect(corrected.survey.captures.allSatisfy { abs($0.clock?.seconds ?? 0) < 1e-6 })
        #expect(corrected.survey.captures.map(\.clockCorrection).contains(Double(-shift) / 1e6))
        #expect(!corrected.survey.findings.sorted.contains { $0.rule.code == "CAP031" })
        let recording = try corrected.only
        #expect(try recording.samples(of: "PA") == Session.ann.samples(0..<100))
        #expect(try recording.sidecar.streams.flatMap(\.gaps).isEmpty)
    }

    @Test("a correction that names no input, or a name that two share, is said so")
    func unknownFile() throws {
        let merge = FrameMerge(
            [Self.probe("a.pcap"), Self.probe("a.pcap", shift: 5)],
            corrections: [ClockCorrection(file: "b.pcap", nanoseconds: 1), ClockCorrection(file: "a.pcap", nanoseconds: 1)], limits: Limits())
        #expect(merge.correctionFaults.count == 2)
        #expect(merge.correctionFaults.allSatisfy { $0.contains("--clock-offset") })
        #expect(throws: ClockCorrection.Fault.self) { try ClockCorrection(parsing: "a.pcap") }
        #expect(throws: ClockCorrection.Fault.self) { try ClockCorrection(parsing: "a.pcap=soon") }
        #expect(try ClockCorrection(parsing: "x=y.pcap=-0.5") == ClockCorrection(file: "x=y.pcap", nanoseconds: -500_000_000))
    }

    @Test("no more flows are watched at once than the bound says, and the rest is still played")
    func bound() async throws {
        var session = Session()
        session.open()
        for number in 0..<60 {
            for source in [Session.ann, Session.bob] {
                for shift in [0, 40] {
                    session.script.datagram(500_000 + number * 20_000 + shift, from: source.source, to: source.destination, source.packet(number))
                }
            }
        }
        var options = ReconstructionOptions()
        options.limits.watchedFlows = 1
        let done = await Reconstructed.run([MemoryInput(session.script.pcap())], options: options)
        #expect(done.survey.findings.contains(.net004))
        let recording = try done.only
        #expect(try recording.sidecar.streams.flatMap(\.flows).map(\.copies) == [60, 60])
        #expect(try recording.samples(of: "PA") == Session.ann.samples(0..<60))
    }
}
