import Evidence
import Foundation
import MediaPlayout
import Testing

@testable import RecordingRecords

@Suite struct SidecarTests {
    static let time = CaptureTime(nanoseconds: 1_795_381_891_250_000_001).rfc3339

    /// The records write any rule; those of the program stand in modules above.
    static let rule = Rule(
        code: "OUT001", title: "Recording cannot be written", severity: .error, meaning: "", consequence: "", cause: "", action: "", remedy: "",
        reference: "siprecap output folder")

    /// A recording in which every key is there.
    static var full: RecordingRecord {
        var log = FindingLog()
        let subject = FindingSubject(callID: "a@b", stream: "s1", flow: .sctp(1, 2), capture: "c")
        log.report(Self.rule, "disk full", at: Origin(capture: 0, frame: 7, offset: 42), subject: subject)
        let capture = CaptureRecord(
            name: "day1.pcapng", sha256: String(repeating: "0", count: 64), bytes: 100, packets: 2, first: time, last: time, linkTypes: ["EN10MB"],
            snapLength: 65535, dropped: 0)
        var recording = RecordingRecord(
            id: "00112233aabbccdd", kind: "siprec", start: time, end: time, duration: 1.25, complete: false,
            provenance: ProvenanceRecord(
                tool: ToolRecord(version: "0.1.0"), options: ["since": "2026", "jobs": 2, "native": false, "kinds": ["siprec", "call"]],
                captures: [capture], keys: [KeyRecord(id: "0123abcd", kind: "sdes", source: "sdp")]))
        let party = DialogRecord.Party(address: "192.0.2.1", port: 5060, uri: "sip:src@example.com", userAgent: "SRC/1")
        recording.dialogs = [
            DialogRecord(
                callID: "a@b", role: .recording, transport: "udp", client: party, server: .init(), start: time, answered: time, end: time, endedBy: "client")
        ]
        recording.sessions = [SessionRecord(id: "cs1", sipSessionIDs: ["ab30317f1a784dc48ff824d0d3715d86"], groupID: "g1", start: time, end: time)]
        var participant = ParticipantRecord(id: "p1", confidence: "signalled")
        participant.aor = "sip:henry@example.com"
        participant.aors = ["sip:henry@example.com"]
        participant.names = [.init(value: "Henry / Nakamura", language: "en"), .init(value: "")]
        participant.sessions = [.init(id: "cs1", start: time, end: time)]
        participant.sends = [.init(stream: "s1", start: time, end: time)]
        participant.receives = [.init(stream: "s2")]
        participant.files = ["audio/henry-nakamura.wav"]
        recording.participants = [participant]
        var flow = FlowRecord(
            ssrc: "0x1234abcd", source: "192.0.2.1:30000", destination: "[2001:db8::1]:40000", firstPacket: time, lastPacket: time, packets: 3)
        flow.codecs = [.init(name: "PCMU", payloadType: 0, clockRate: 8000, channels: 1, packets: 3)]
        flow.fates = FateRecord()
        flow.fates?.heard = 3
        flow.sound = [SpanRecord(offset: 0, duration: 0.06)]
        flow.jitter = Seconds(0.1 + 0.2)
        flow.mos = 4.41
        flow.match = .init(confidence: "certain", reasons: ["the announced port"])
        flow.first = PlaceRecord(capture: "day1.pcapng", frame: 1)
        flow.last = PlaceRecord(capture: "day1.pcapng", frame: 2, offset: 42)
        var stream = StreamRecord(id: "s1", media: "audio")
        stream.streamID = "st1"
        stream.label = "1"
        stream.participants = ["p1"]
        stream.security = .init(suite: "AES_CM_128_HMAC_SHA1_80", keySource: "sdp", mki: "0001", authenticated: 3, failed: 0)
        stream.flows = [flow]
        stream.gaps = GapCause.allCases.map { GapRecord(start: time, offset: 0.5, duration: 0.02, packets: 1, cause: $0) }
        stream.files = ["audio/henry-nakamura.wav"]
        recording.streams = [stream]
        let audio = WrittenFile(path: "audio/henry-nakamura.wav", bytes: 44, sha256: String(repeating: "a", count: 64), frames: 10)
        recording.files = [
            FileRecord(
                audio, role: .participant, mediaType: "audio/x-wav", participants: ["p1"], streams: ["s1"], sampleRate: 8000, channels: 1, start: time,
                offset: 0),
            FileRecord(WrittenFile(path: "metadata/0001.xml", bytes: 1, sha256: audio.sha256), role: .metadata, mediaType: "application/rs-metadata+xml"),
        ]
        recording.events = [EventRecord(time: time, offset: -0.5, type: .dtmf, participants: ["p1"], stream: "s1", detail: ["digit": "5"])]
        recording.findings = log.sorted.map { FindingRecord($0, captureNames: ["day1.pcapng"]) }
        return recording
    }

    static var fullRun: RunRecord {
        var run = RunRecord(tool: ToolRecord(version: "0.1.0"), options: ["kinds": ["siprec"]], exitStatus: 1)
        run.captures = full.provenance.captures
        run.rejected = [.init(name: "notes.txt", reason: "is no capture")]
        run.totals.audio = 1.25
        run.totals.rtpPackets = 3
        run.totals.copies = 0
        run.totals.fates = FateRecord()
        run.totals.fates?.heard = 3
        run.unrecorded = []
        run.findings = full.findings
        run.recordings = [
            .init(
                id: "00112233aabbccdd", kind: "siprec", folder: "recordings/20261122T211131Z_00112233aabbccdd", start: time, duration: 1.25, complete: false,
                participants: 1, streams: 1, audioFiles: 1)
        ]
        run.recordings[0].packets = 3
        run.recordings[0].copies = 0
        run.recordings[0].fates = run.totals.fates
        run.started = time
        run.finished = time
        run.manifest = .init(path: "manifest-sha256.txt", sha256: String(repeating: "0", count: 64), files: 3)
        return run
    }

    @Test func theSmallestRecordingHasTheseOctets() throws {
        let recording = RecordingRecord(
            id: "00112233aabbccdd", kind: "media", start: Self.time, end: Self.time, duration: Seconds(0.1 + 0.2), complete: true,
            provenance: ProvenanceRecord(tool: ToolRecord(version: "0.1.0")))
        let text = String(decoding: try RecordJSON.octets(of: recording), as: UTF8.self)
        let compact = text.split(separator: "\n").map { $0.drop { $0 == " " } }.joined(separator: "")
        #expect(
            compact
                == #"{"complete" : true,"dialogs" : [],"duration" : 0.3,"end" : "2026-11-22T21:11:31.250000001Z","events" : [],"files" : [],"findings" : [],"id" : "00112233aabbccdd","kind" : "media","participants" : [],"provenance" : {"captures" : [],"keys" : [],"options" : {},"tool" : {"name" : "siprecap","version" : "0.1.0"}},"schema" : "siprecap.recording/1","sessions" : [],"start" : "2026-11-22T21:11:31.250000001Z","streams" : []}"#
        )
        #expect(text.hasSuffix("}\n"))
    }

    @Test func sidecarsComeBackAsTheyWere() throws {
        #expect(try JSONDecoder().decode(RecordingRecord.self, from: Data(RecordJSON.octets(of: Self.full))) == Self.full)
        #expect(try JSONDecoder().decode(RunRecord.self, from: Data(RecordJSON.octets(of: Self.fullRun))) == Self.fullRun)
    }

    @Test func keysAreSortedEverywhere() throws {
        // The last key of every object that is open.
        var last: [String] = []
        var count = 0
        for line in String(decoding: try RecordJSON.octets(of: Self.full), as: UTF8.self).split(separator: "\n") {
            let text = line.drop { $0 == " " }
            if text.hasPrefix("}") { last.removeLast() }
            if text.hasPrefix("\""), let end = text.range(of: "\" : ") {
                let key = String(text[text.startIndex..<end.lowerBound])
                let before = try #require(last.last)
                #expect(before < key, "\(before) stands before \(key)")
                last[last.count - 1] = key
                count += 1
            }
            if text.hasSuffix("{") { last.append("") }
        }
        #expect(last.isEmpty && count > 100)
        #expect(!String(decoding: try RecordJSON.octets(of: Self.full), as: UTF8.self).contains("\\/"))
    }

    /// What Foundation's encoder would write as it is, and a terminal or editor obeys.
    @Test func whatSteersADisplayIsEscaped() throws {
        let text = "a\u{7F}\u{9B}\u{202E}é\u{2028}\u{FEFF}\u{E0067}\u{1F600}"
        #expect(
            String(decoding: try RecordJSON.octets(of: [text]), as: UTF8.self)
                == "[\n  \"a\\u007f\\u009b\\u202eé\\u2028\\ufeff\\udb40\\udc67\u{1F600}\"\n]\n")
        #expect(try JSONDecoder().decode([String].self, from: Data(RecordJSON.octets(of: [text]))) == [text])
    }

    /// Everything else that the sidecars hold is written as Foundation's encoder writes it.
    @Test func theOctetsAreThoseOfFoundation() throws {
        func check(_ value: some Encodable) throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
            let expected = String(decoding: try encoder.encode(value), as: UTF8.self) + "\n"
            #expect(String(decoding: try RecordJSON.octets(of: value), as: UTF8.self) == expected)
        }
        try check(Self.full)
        try check(Self.fullRun)
        try check(Nested())
        try check(["b": 1, "a": 2, "B": 3, "\u{E9}": 4, "e\u{301}x": 5, "a10": 6, "a9": 7, "quote\"slash/line\n": 8])
        try check(String((0...0x7E).compactMap { Unicode.Scalar(UInt32($0)).map(Character.init) }) + "\u{A0}\u{1F600}/\\\"")
        try check([0.1, 1, -0.0, -2.5, 1e-7, 1e16, 123_456_789_012_345_680, 1e22, 1.5e300, .leastNonzeroMagnitude, .greatestFiniteMagnitude])
        try check([Float(0.1), 3])
        try check([nil, true, false] as [Bool?])
        try check([Int64.min, .max])
        try check([UInt8(255)])
        try check([[1], []])
        try check([String: Int]())
        #expect(throws: EncodingError.self) { try RecordJSON.octets(of: [Double.nan]) }
    }

    private struct Nested: Encodable {
        enum Key: String, CodingKey { case first, second }

        func encode(to encoder: any Encoder) throws {
            var object = encoder.container(keyedBy: Key.self)
            var list = object.nestedUnkeyedContainer(forKey: .second)
            try list.encode("x")
            try list.encodeNil()
            var inList = list.nestedContainer(keyedBy: Key.self)
            try inList.encodeNil(forKey: .second)
            var inObject = object.nestedContainer(keyedBy: Key.self, forKey: .first)
            try inObject.encode([3], forKey: .first)
        }
    }

    @Test(
        arguments: [
            (0.1 + 0.2, 0.3), (1e-10, 0), (-0.0, 0), (.nan, 0), (.infinity, 0), (1e300, 1e300), (123456.789_012_345_6, 123456.789_012_346),
        ] as [(Double, Double)])
    func secondsAreRoundedToNanoseconds(value: Double, expected: Double) {
        let seconds = Seconds(value)
        #expect(seconds.value == expected && seconds.value.sign == expected.sign)
    }

    @Test func bothKeepToTheirSchema() throws {
        let root = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        for (name, octets) in [("recording", try RecordJSON.octets(of: Self.full)), ("run", try RecordJSON.octets(of: Self.fullRun))] {
            let (status, words) = try Self.validate(root, schema: name, octets)
            #expect(status == 0, "\(words)")
        }
        // The check can fail: a foreign key, a time without zone, a short SSRC.
        var broken = Self.full
        broken.start = "2026-11-22T21:11:31"
        broken.streams[0].flows[0].ssrc = "0x1"
        let (status, words) = try Self.validate(root, schema: "recording", RecordJSON.octets(of: broken))
        #expect(status == 1 && words.contains("start: ") && words.contains("streams/0/flows/0/ssrc: "), "\(words)")
        let (foreign, why) = try Self.validate(root, schema: "recording", RecordJSON.octets(of: Self.fullRun))
        #expect(foreign == 1 && why.contains("exitStatus"), "\(why)")
    }

    private static func validate(_ root: URL, schema: String, _ octets: [UInt8]) throws -> (Int32, String) {
        let process = Process()
        process.executableURL = root.appending(path: "Scripts/validate-schema")
        process.arguments = [root.appending(path: "docs/schema/\(schema).schema.json").path, "/dev/stdin"]
        let pipe = Pipe()
        process.standardError = pipe
        let input = Pipe()
        process.standardInput = input
        try process.run()
        try input.fileHandleForWriting.write(contentsOf: Data(octets))
        try input.fileHandleForWriting.close()
        let words = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return (process.terminationStatus, words)
    }
}
