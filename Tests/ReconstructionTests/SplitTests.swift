import Evidence
import Glibc
import MediaPlayout
import Reconstruction
import TestSupport
import Testing

/// One capture as several files: what is recovered does not depend on how it was cut.
struct SplitTests {
    /// The records of a little-endian pcap file, and its head.
    private struct Records {
        let head: [UInt8]
        let records: [[UInt8]]

        init(sample: String) throws {
            let root = "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
            // Not Foundation: it does not go together with libxml2 in one file.
            let file = try #require(fopen("\(root)/SamplePcaps/\(sample)/capture.pcap", "r"))
            defer { fclose(file) }
            var octets = [UInt8](repeating: 0, count: 1 << 20)
            let count = fread(&octets, 1, octets.count, file)
            octets.removeLast(octets.count - count)
            head = Array(octets[..<24])
            var records: [[UInt8]] = []
            var at = 24
            while at + 16 <= octets.count {
                let length = 16 + (0..<4).reduce(0) { $0 | Int(octets[at + 8 + $1]) << (8 * $1) }
                records.append(Array(octets[at..<min(at + length, octets.count)]))
                at += length
            }
            self.records = records
        }

        /// Packet after packet to the next file, or each file a stretch of time.
        func files(_ count: Int, inTurns: Bool) -> [MemoryInput] {
            (0..<count).map { file in
                let own = records.enumerated().filter { (inTurns ? $0.offset % count : $0.offset * count / records.count) == file }
                return MemoryInput(head + own.flatMap(\.element), name: "part-\((file * 7 + 3) % count).pcap")
            }
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
        let records = try Records(sample: sample)
        let whole = try await Reconstructed.run(records.files(1, inTurns: false)).recordings.map(Essence.init)
        #expect(!whole.isEmpty)
        var random = SeededRandom(seed: 41)
        for count in [2, 7, 50] {
            for inTurns in [false, true] {
                let files = records.files(count, inTurns: inTurns).shuffled(using: &random)
                let parts = try await Reconstructed.run(files).recordings.map(Essence.init)
                #expect(parts == whole, "\(sample) in \(count) files, in turns: \(inTurns)")
            }
        }
    }

    @Test("which file supplied what is told")
    func supplies() async throws {
        let records = try Records(sample: "01-basic-pcmu-udp")
        let recording = try await Reconstructed.run(records.files(3, inTurns: true)).only
        for flow in try recording.sidecar.streams.flatMap(\.flows) {
            let captures = try #require(flow.captures)
            #expect(captures.count == 3)
            #expect(captures.reduce(0) { $0 + $1.packets } == flow.packets)
            #expect(flow.copies == nil)
        }
        #expect(try recording.sidecar.provenance.captures.count == 3)
    }
}
