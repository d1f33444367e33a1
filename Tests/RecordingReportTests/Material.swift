import CaptureSurvey
import Evidence
import MediaPlayout
import PacketInput
import RecordingAccount
import RecordingPlan
import RecordingRecords
import RecordingRender
import SIPSyntax

/// A recording made up for pages: every text of the capture is `text`.
enum Material {
    static let start = CaptureTime(nanoseconds: 1_795_000_000_000_000_000)

    static func recording(text: String, seconds: Double = 60, streams: Int = 2, gaps: Int = 3, messages: Int = 4, messageText: String? = nil) -> ReportMaterial
    {
        let end = start.advanced(bySeconds: seconds)
        let capture = CaptureRecord(name: text, sha256: text, packets: 100, first: start.rfc3339, last: end.rfc3339, linkTypes: [text], dropped: 3)
        var record = RecordingRecord(
            id: "00112233aabbccdd", kind: "siprec", start: start.rfc3339, end: end.rfc3339, duration: Seconds(seconds), complete: false,
            provenance: ProvenanceRecord(
                tool: ToolRecord(version: "0"), options: ["call-id": .list([text]), "filter": .text(text)], captures: [capture],
                keys: [KeyRecord(id: "k", kind: "sdes", source: text)]))
        var material = ReportMaterial(record: record)
        for number in 1...streams {
            let id = "\(text)-\(number)"
            var person = ParticipantRecord(id: id, confidence: "signalled")
            person.aor = "sip:\(text)"
            person.names = [.init(value: "old " + text), .init(value: text)]
            person.sessions = [.init(id: text, start: start.rfc3339, end: start.advanced(bySeconds: seconds / 2).rfc3339)]
            person.talk = .init(seconds: 5, overlap: 1, spans: 2)
            person.files = ["audio/p\(number).wav"]
            record.participants.append(person)
            var stream = StreamRecord(id: "s\(number)", media: "audio")
            stream.label = text
            stream.streamID = text
            stream.participants = [id]
            stream.files = person.files
            stream.security = .init(suite: text, keySource: text, mki: text, authenticated: 1, failed: 2)
            var flow = FlowRecord(
                ssrc: "0x00000001", source: "192.0.2.1:30000", destination: "192.0.2.2:40000", firstPacket: start.rfc3339, lastPacket: end.rfc3339, packets: 100
            )
            flow.codecs = [.init(name: text, payloadType: 0, clockRate: 8000, channels: 1, packets: 100)]
            flow.lost = 5
            flow.match = .init(confidence: "high", reasons: [text])
            stream.flows = [flow]
            for gap in 0..<gaps {
                let offset = seconds * Double(gap) / Double(gaps + 1)
                stream.gaps.append(
                    GapRecord(
                        start: start.advanced(bySeconds: offset).rfc3339, offset: Seconds(offset), duration: 0.04, packets: 2,
                        cause: GapCause.allCases[gap % 11],
                        first: PlaceRecord(capture: text, frame: 7)))
            }
            record.streams.append(stream)
            record.files.append(
                FileRecord(
                    WrittenFile(path: "audio/p\(number).wav", bytes: 16, sha256: "00", frames: 8000), role: .participant, mediaType: "audio/wav",
                    participants: [id], streams: [stream.id], sampleRate: 8000, channels: 1, start: start.rfc3339, offset: 0))
            material.waveforms.append(Waveform(path: "audio/p\(number).wav", step: seconds / 2000, peaks: (0..<4000).map { Int8($0 % 100 - 50) }))
            material.talk[id] = (0..<gaps).map { (seconds * Double($0) / Double(gaps + 1), seconds * (Double($0) + 0.5) / Double(gaps + 1)) }
            material.lines[stream.id] = .init(index: number, sender: "client", destination: text)
        }
        record.events = [
            EventRecord(time: start.rfc3339, offset: 1, type: .dtmf, participants: [text], detail: ["digit": text]),
            EventRecord(time: start.rfc3339, offset: 2, type: .init(rawValue: text), participants: [text], detail: [text: text]),
        ]
        var log = FindingLog()
        log.report(.sip004, text, at: Origin(capture: 0, frame: 7), subject: FindingSubject(callID: text, stream: text))
        record.findings = log.sorted.map { FindingRecord($0, captureNames: [text]) }
        material.record = record
        for number in 0..<messages {
            material.messages.append(
                .init(
                    time: start.rfc3339, offset: Double(number), source: "192.0.2.\(number % 3):5060", destination: "192.0.2.\((number + 1) % 3):5060",
                    transport: "udp", title: number == 1 ? "200 \(text)" : text, method: text, isRequest: number != 1,
                    places: [PlaceRecord(capture: text, frame: 7 + number)], repetitions: 2, text: messageText ?? text))
        }
        material.documents = [.init(path: "metadata/0001.xml", time: start.rfc3339, carrier: text, text: text, omitted: 4)]
        return material
    }

    static func run(of recordings: [RecordingSummary], text: String) -> RunRecord {
        var run = RunRecord(tool: ToolRecord(version: "0"), exitStatus: 1)
        run.captures = [CaptureRecord(name: text, packets: 1, linkTypes: [text])]
        run.rejected = [.init(name: text, reason: text)]
        run.totals.recordings = recordings.count
        var log = FindingLog()
        log.report(.sip004, text, at: nil, subject: FindingSubject(callID: text))
        run.findings = log.sorted.map { FindingRecord($0, captureNames: [text]) }
        return run
    }
}
