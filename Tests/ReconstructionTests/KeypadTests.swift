import Evidence
import MediaCodecs
import MediaPlayout
import RecordingRecords
import SIPSyntax
import StreamMatching
import TestSupport
import Testing

@testable import CaptureSurvey
@testable import PacketInput
@testable import RecordingAccount
@testable import RecordingPlan
@testable import RecordingPlanner
@testable import RecordingRender

struct KeypadTests {
    private func key(_ type: String, _ body: String, method: String = "INFO") -> KeypadMessages.Key? {
        let text = "\(method) sip:a@b.test SIP/2.0\r\nCSeq: 1 \(method)\r\nContent-Type: \(type)\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
        return SIPMessage(parsing: Array(text.utf8), limits: Limits()).flatMap { KeypadMessages.key(of: $0) }
    }

    @Test func keysOfINFO() {
        #expect(key("application/dtmf-relay", "Signal=5\r\nDuration=160\r\n") == KeypadMessages.Key(digit: "5", duration: 0.16))
        #expect(key("application/dtmf-relay; charset=x", "Signal= *\r\nDuration= 250\r\n") == KeypadMessages.Key(digit: "*", duration: 0.25))
        #expect(key("application/dtmf-relay", "Signal=11\r\n") == KeypadMessages.Key(digit: "#", duration: nil))
        #expect(key("Application/DTMF", "7") == KeypadMessages.Key(digit: "7", duration: nil))
        #expect(key("application/vnd.networks.digits", "d=9") == KeypadMessages.Key(digit: "9", duration: nil))
        #expect(key("application/dtmf-relay", "Signal=\r\nDuration=-5") == nil)
        #expect(key("application/media_control+xml", "5") == nil)
        #expect(key("application/dtmf", "5", method: "MESSAGE") == nil)
        #expect(key("application/dtmf", "") == nil)
    }

    private func call(redact: Bool) async throws -> MemoryRecording {
        var session = SessionScript()
        session.open()
        for number in 0..<100 {
            session.script.datagram(
                500_000 + number * 20_000, from: SessionScript.ann.source, to: SessionScript.ann.destination, SessionScript.ann.packet(number))
        }
        session.sip.send(
            "INFO", 900_000, cseq: 7, method: "INFO", type: "application/dtmf-relay", body: "Signal=4\r\nDuration=120\r\n", into: &session.script)
        session.sip.close(3_000_000, into: &session.script)
        var options = ReconstructionOptions()
        if redact { options.redactions = [.dtmf] }
        return try await Reconstructed.run(session.script.pcap(), options: options).only
    }

    @Test func aKeyOfSignallingIsAnEvent() async throws {
        let recording = try await call(redact: false)
        let event = try #require(try recording.sidecar.events.first { $0.type == .dtmf })
        #expect(event.detail == ["digit": "4", "duration": "0.12", "source": "sip-info"])
        #expect(event.offset == 0.4)
        #expect(String(decoding: recording.files["signalling.txt"] ?? [], as: UTF8.self).contains("Signal=4"))
    }

    @Test func redactedKeysAreNowhere() async throws {
        let recording = try await call(redact: true)
        let event = try #require(try recording.sidecar.events.first { $0.type == .dtmf })
        #expect(event.detail["digit"] == "[redacted]")
        let text = String(decoding: recording.files["signalling.txt"] ?? [], as: UTF8.self)
        #expect(text.contains("application/dtmf-relay"))
        #expect(!text.contains("Signal=4"))
    }
}

struct RawPacketsTests {
    @Test func packetsThatNothingDecodesAreKept() async throws {
        var session = SessionScript()
        session.open()
        for number in 0..<30 {
            var packet = SessionScript.ann.packet(number)
            if number >= 10 { packet[1] = 97 }
            session.script.datagram(500_000 + number * 20_000, from: SessionScript.ann.source, to: SessionScript.ann.destination, packet)
        }
        session.sip.close(3_000_000, into: &session.script)
        let recording = try await Reconstructed.run(session.script.pcap()).only
        let octets = try #require(recording.files["audio/ann.rtpdump"])
        let line = Array("#!rtpplay1.0 192.0.2.1/4000\n".utf8)
        #expect(Array(octets.prefix(line.count)) == line)
        try #require(octets.count == line.count + 16 + 20 * (8 + 172))
        // The first of them: both lengths, milliseconds since the start, the packet itself.
        let first = Array(octets[(line.count + 16)...])
        #expect(Array(first.prefix(8)) == [0, 180, 0, 172, 0, 0, 0, 200])
        #expect(first[8] == 0x80)
        #expect(first[9] == 97)
        let file = try #require(try recording.sidecar.files.first { $0.role == .stream })
        #expect(file.participants == ["PA"])
        #expect(try recording.sidecar.streams[0].files == ["audio/ann.wav", "audio/ann.rtpdump"])
        #expect(try recording.gaps(.codecUnsupported).map(\.duration) == [0.4])
    }
}

struct TextTranscriptTests {
    private func render(_ pieces: [(Double, String)]) -> String {
        let start = CaptureTime(nanoseconds: 1_000_000_000)
        var playout = TextPlayout()
        let map = [PayloadType(98): CodecDescription(encoding: "T140", clockRate: .narrowband)]
        for (index, piece) in pieces.enumerated() {
            let octets = Array(piece.1.utf8)
            playout.push(
                sequence: SequenceNumber(UInt16(index)), payloadType: PayloadType(98), arrival: start.advanced(bySeconds: piece.0), payload: octets.span.bytes,
                map: map)
        }
        playout.finish()
        return String(decoding: TextTranscript.render(playout.pieces, start: start), as: UTF8.self)
    }

    @Test func linesAndErasures() {
        let text = render([(0, "pencil"), (0.5, "\u{8}\u{8}ll\u{2028}"), (1, "ok"), (20, "later")])
        #expect(
            text == "1970-01-01T00:00:01.000000000Z  +0.0  pencll\n    typed: pencil\u{232B}\u{232B}ll\n"
                + "1970-01-01T00:00:02.000000000Z  +1.0  ok\n1970-01-01T00:00:21.000000000Z  +20.0  later\n")
    }
}

struct PayloadGuessTests {
    /// A flow of 100 packets of `octets` of payload, `units` apart.
    private func guess(clock: Int, units: Int, octets: Int, samples: [[UInt8]] = []) -> String? {
        var table = FlowTable(limit: 4, key: 1)
        let path = NetworkPath(
            source: Endpoint(IPAddress(v4: 0xC000_0201), 4000), destination: Endpoint(IPAddress(v4: 0xC000_0202), 6000))
        for index in 0..<100 {
            let time = CaptureTime(nanoseconds: Int64(index) * Int64(units) * 1_000_000_000 / Int64(clock))
            _ = table.add(
                path: path, ssrc: SSRC(1), arrival: time, origin: Origin(capture: 0, frame: UInt32(index + 1)), sequence: SequenceNumber(UInt16(index)),
                timestamp: RTPTimestamp(UInt32(index * units)), type: PayloadType(111), octets: octets + 12, isCut: false)
        }
        return PayloadGuess.guess(table.rows[0], early: Array(table.earlyPackets(of: 0)), samples: samples)?.codec.encoding
    }

    @Test func clockStepAndSizeTell() {
        #expect(guess(clock: 48_000, units: 960, octets: 80) == "OPUS")
        #expect(guess(clock: 8000, units: 160, octets: 38) == "ILBC")
        #expect(guess(clock: 8000, units: 240, octets: 50) == "ILBC")
        #expect(guess(clock: 8000, units: 240, octets: 24) == "G723")
        #expect(guess(clock: 8000, units: 160, octets: 32) == "AMR")
        #expect(guess(clock: 16_000, units: 320, octets: 61) == "AMR-WB")
    }

    /// 33 octets are GSM or AMR at 12.2 kbit/s, octet-aligned: what their first octets are tells.
    @Test func octetsTellWhereTheSizeDoesNot() {
        func sample(_ head: [UInt8]) -> [UInt8] { [0x80, 111] + [UInt8](repeating: 0, count: 10) + head + [UInt8](repeating: 7, count: 33 - head.count) }
        #expect(guess(clock: 8000, units: 160, octets: 33, samples: [sample([0xF0, 0x3C]), sample([0x70, 0x38])]) == "AMR")
        #expect(guess(clock: 8000, units: 160, octets: 33, samples: [sample([0xF0, 0x3C]), sample([0xD3, 0x3C])]) == nil)
        #expect(guess(clock: 8000, units: 160, octets: 33, samples: [sample([0xF0, 0x3C]), sample([0xF0, 0x3D])]) == nil)
    }

    @Test func whatCouldBeSeveralIsLeft() {
        #expect(guess(clock: 8000, units: 160, octets: 160) == nil)
        #expect(guess(clock: 8000, units: 160, octets: 33) == nil)
        #expect(guess(clock: 90_000, units: 3000, octets: 900) == nil)
        #expect(guess(clock: 16_000, units: 320, octets: 640) == nil)
    }
}
