import CaptureSurvey
import Evidence
import MediaPlayout
import PacketInput
import RecordingAccount
import RecordingRecords
import Testing

@Suite struct RecordingSentenceTests {
    private func record(_ names: [String], complete: Bool, seconds: Double = 192, gaps: [(GapCause, Double)] = []) -> RecordingRecord {
        let start = CaptureTime(nanoseconds: 1_795_000_000_000_000_000)
        var record = RecordingRecord(
            id: "1", kind: "siprec", start: start.rfc3339, end: start.rfc3339, duration: Seconds(seconds), complete: complete,
            provenance: ProvenanceRecord(tool: ToolRecord(version: "0")))
        for name in names {
            var person = ParticipantRecord(id: "id-" + name, confidence: "signalled")
            if name.hasPrefix("sip:") { person.aor = name } else { person.names = [.init(value: name)] }
            record.participants.append(person)
        }
        var stream = StreamRecord(id: "s1", media: "audio")
        stream.participants = names.last.map { ["id-" + $0] } ?? []
        stream.gaps = gaps.map { GapRecord(start: start.rfc3339, offset: 1, duration: Seconds($0.1), packets: 0, cause: $0.0) }
        record.streams = [stream]
        return record
    }

    @Test("who, how long, complete, and what is missing") func sentences() {
        #expect(RecordingSentence.text(record(["Alice", "Bob"], complete: true)) == "Alice and Bob, 3 min 12 s, complete")
        #expect(
            RecordingSentence.text(record(["Alice", "Bob"], complete: false, gaps: [(.networkLoss, 0.5), (.captureDrop, 0.3)]))
                == "Alice and Bob, 3 min 12 s, incomplete; Bob lost 0.5 s; 0.3 s of Bob dropped by the capture")
        #expect(
            RecordingSentence.text(record(["Alice", "Bob"], complete: false, gaps: [(.noKey, 192), (.unknown, 3)]))
                == "Alice and Bob, 3 min 12 s, incomplete; 3 min 12 s of Bob not decrypted; nothing from Bob for 3 s")
        #expect(RecordingSentence.text(record(["A", "B", "C"], complete: false)) == "A, B and C, 3 min 12 s, incomplete: see the findings")
        #expect(RecordingSentence.text(record([], complete: true)) == "Unknown participants, 3 min 12 s, complete")
    }

    @Test("of two who send on one stream in turn, a gap is missing from the one whose time it was") func turns() {
        var record = record(["Alice", "Bob", "Zoe"], complete: false, gaps: [(.networkLoss, 0.5)])
        record.streams[0].participants = ["id-Bob", "id-Zoe"]
        func at(_ seconds: Double) -> String { CaptureTime(nanoseconds: 1_795_000_000_000_000_000).advanced(bySeconds: seconds).rfc3339 }
        record.streams[0].gaps[0].start = at(6)
        record.participants[1].sends = [.init(stream: "s1", start: at(0), end: at(9))]
        record.participants[2].sends = [.init(stream: "s1", start: at(9))]
        #expect(RecordingSentence.text(record) == "Alice, Bob and Zoe, 3 min 12 s, incomplete; Bob lost 0.5 s")
        record.streams[0].gaps[0].start = at(9)
        #expect(RecordingSentence.text(record) == "Alice, Bob and Zoe, 3 min 12 s, incomplete; Zoe lost 0.5 s")
        record.participants[1].sends = []
        record.participants[2].sends = []
        #expect(RecordingSentence.text(record) == "Alice, Bob and Zoe, 3 min 12 s, incomplete; Bob and Zoe lost 0.5 s")
    }

    @Test("silence that nobody minds is no loss") func silence() {
        let gaps: [(GapCause, Double)] = [(.discontinuousTransmission, 30), (.hold, 60), (.pause, 5), (.unknown, 1.9)]
        #expect(RecordingSentence.text(record(["Alice", "Bob"], complete: true, gaps: gaps)) == "Alice and Bob, 3 min 12 s, complete")
    }

    @Test("an address stands without scheme and parameters, and a long name is cut") func names() {
        #expect(RecordingSentence.text(record(["sip:bob@192.0.2.1:5060;transport=udp"], complete: true)) == "bob@192.0.2.1:5060, 3 min 12 s, complete")
        #expect(RecordingSentence.text(record([String(repeating: "x", count: 100_000)], complete: true)).count < 100)
    }

    @Test(
        "lengths as people say them",
        arguments: [
            (0.0, "0 s"), (0.84, "0.8 s"), (9.94, "9.9 s"), (9.96, "10 s"), (59.6, "1 min"), (60, "1 min"), (192.2, "3 min 12 s"), (3600, "1 h"),
            (3725, "1 h 2 min"),
        ])
    func durations(seconds: Double, text: String) { #expect(RecordingSentence.duration(seconds) == text) }
}
