import CaptureSurvey
import Evidence
import MediaPlayout
import PacketInput
import RecordingPlan
import RecordingRecords
import TestSupport
import Testing

/// One capture as several files: what is recovered does not depend on how it was cut.
struct SplitTests {
    /// Packet after packet to the next file, or each file a stretch of time.
    private func files(_ capture: SampleCapture, _ count: Int, inTurns: Bool) -> [MemoryInput] {
        (0..<count).map { file in
            let own = capture.records.enumerated().filter { (inTurns ? $0.offset % count : $0.offset * count / capture.records.count) == file }
            return MemoryInput(capture.head + own.flatMap(\.element), name: "part-\((file * 7 + 3) % count).pcap")
        }
    }

    private struct Essence: Equatable {
        let id: String
        let kind: String
        let start: String
        let audio: [String: MemoryAudio]
        let metadata: [String: [UInt8]]
        let participants: [ParticipantRecord]
        let gaps: [[GapRecord]]
        let packets: [Int]

        init(_ recording: MemoryRecording) throws {
            let sidecar = try recording.sidecar
            id = sidecar.id
            kind = sidecar.kind
            start = sidecar.start
            audio = recording.audio
            metadata = recording.files.filter { $0.key.hasPrefix("metadata/") }
            participants = sidecar.participants
            gaps = sidecar.streams.map(\.gaps)
            packets = sidecar.streams.flatMap(\.flows).map(\.packets)
        }
    }

    @Test(
        "a call in 1, 2, 7 and 50 files, by turns and by time, in any order of arguments",
        arguments: [
            "01-basic-pcmu-udp", "05-tcp-big-metadata", "06-udp-ip-fragments", "14-blind-transfer",
        ])
    func split(sample: String) async throws {
        let capture = try SampleCapture(sample)
        let whole = try await Reconstructed.run(files(capture, 1, inTurns: false)).recordings.map(Essence.init)
        #expect(!whole.isEmpty)
        var random = SeededRandom(seed: 41)
        for count in [2, 7, 50] {
            for inTurns in [false, true] {
                let files = files(capture, count, inTurns: inTurns).shuffled(using: &random)
                let parts = try await Reconstructed.run(files).recordings.map(Essence.init)
                #expect(parts == whole, "\(sample) in \(count) files, in turns: \(inTurns)")
            }
        }
    }

    @Test("which file supplied what is told")
    func supplies() async throws {
        let capture = try SampleCapture("01-basic-pcmu-udp")
        let recording = try await Reconstructed.run(files(capture, 3, inTurns: true)).only
        for flow in try recording.sidecar.streams.flatMap(\.flows) {
            let captures = try #require(flow.captures)
            #expect(captures.count == 3)
            #expect(captures.reduce(0) { $0 + $1.packets } == flow.packets)
            #expect(flow.copies == nil)
        }
        #expect(try recording.sidecar.provenance.captures.count == 3)
    }
}
