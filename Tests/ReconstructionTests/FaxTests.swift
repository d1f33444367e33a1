import CaptureSurvey
import Evidence
import MediaPlayout
import PacketInput
import RecordingPlan
import RecordingRecords
import TestSupport
import Testing

/// A voice call whose line becomes a fax.
struct FaxTests {
    private static let there = ToneSource(from: Socket(0xC000_0201, 4000), to: Socket(0xC000_0202, 6000), ssrc: 1, seed: 1)
    private static let back = ToneSource(from: there.destination, to: there.source, ssrc: 2, seed: 2)

    /// Descriptions of the client and the server with one line `m=<line>`, `#` for the port.
    private static func description(_ isClient: Bool, _ lines: [String]) -> String {
        let address = isClient ? "192.0.2.1" : "192.0.2.2"
        let media = lines.enumerated().map { "m=" + $1.replacing("#", with: "\((isClient ? 4000 : 6000) + $0 * 2)") }
        return (["v=0", "o=- 1 1 IN IP4 \(address)", "s=-", "c=IN IP4 \(address)", "t=0 0"] + media).joined(separator: "\r\n") + "\r\n"
    }

    private struct Change {
        var time: Int
        var lines: [String]
        var status = "200"
        var by = SIPScript.Party.client
    }

    private static let audio = ["audio # RTP/AVP 0"]
    private static let image = ["image # udptl t38"]

    /// A call of eight seconds with changes of its lines; media and datagrams as given, in packets of 20 ms.
    /// `renewed`: after each pause another source goes on. `longer`: packets that the callee sends, if more.
    private static func call(
        _ changes: [Change], voice: [Range<Int>], fax: Range<Int>, port: Int = 0, translated: Bool = false, renewed: Bool = false, longer: Int = 0
    ) async throws -> MemoryRecording {
        var script = CaptureScript()
        var sip = SIPScript()
        sip.isRecording = false
        sip.open(0, offer: description(true, audio), answer: description(false, audio), into: &script)
        for (number, change) in changes.enumerated() {
            let isClient = change.by == .client
            let other: SIPScript.Party = isClient ? .server : .client
            sip.send("INVITE", change.time, cseq: 10 + number, by: change.by, body: description(isClient, change.lines), into: &script)
            let answer = change.status == "200" ? description(!isClient, change.lines) : ""
            sip.send(change.status, change.time + 50_000, cseq: 10 + number, by: other, body: answer, into: &script)
            sip.send("ACK", change.time + 60_000, cseq: 10 + number, method: "ACK", by: change.by, into: &script)
        }
        var sent = 0
        for (number, range) in voice.enumerated() {
            // Numbers go on over the fax; timestamps tell the pause.
            for var source in [there, back] {
                source.firstSequence &-= UInt16(range.lowerBound - sent)
                if renewed { source.ssrc += UInt32(number * 10) }
                source.send(range, at: 200_000, into: &script)
            }
            sent += range.count
        }
        back.send(sent..<max(sent, longer), at: 200_000, into: &script)
        for number in fax {
            let datagram = [UInt8(number >> 8), UInt8(number & 255), 1, 0, 0]
            var (source, destination) = (there.source, there.destination)
            (source, destination) = (Socket(source.address, source.port + UInt16(port)), Socket(destination.address, destination.port + UInt16(port)))
            script.datagram(200_000 + number * 20_000, from: translated ? Socket(0xCB00_7101, 999) : source, to: destination, datagram)
            script.datagram(201_000 + number * 20_000, from: destination, to: source, datagram)
        }
        sip.close(8_000_000, into: &script)
        return try await Reconstructed.run(script.pcap()).only
    }

    private static func words(_ recording: MemoryRecording) throws -> [String] {
        let sidecar = try recording.sidecar
        return [sidecar.complete ? "complete" : "incomplete"]
            + sidecar.streams.flatMap { stream in stream.gaps.map { "\(stream.id) \($0.causeWord)" } }
            + sidecar.streams.compactMap { stream in stream.datagrams.map { "\(stream.id) \(stream.media) \($0.packets)" } }
            + sidecar.events.filter { [.fax, .hold, .resume, .pause].contains($0.type) }.map(\.type.rawValue)
    }

    @Test(
        "to and fro, by either party, also through a translator and with the same source going on", arguments: [false, true], [SIPScript.Party.client, .server])
    private func toAndFro(translated: Bool, by: SIPScript.Party) async throws {
        let changes = [Change(time: 1_300_000, lines: Self.image, by: by), Change(time: 5_900_000, lines: Self.audio)]
        let recording = try await Self.call(changes, voice: [0..<50, 290..<340], fax: 70..<270, translated: translated)
        #expect(try Self.words(recording) == ["complete", "s1 not-negotiated", "s2 not-negotiated", "s3 image 200", "s4 image 200", "fax"])
    }

    @Test("a fax to the end of the call") func toTheEnd() async throws {
        let recording = try await Self.call([Change(time: 1_300_000, lines: Self.image)], voice: [0..<50], fax: 70..<370)
        #expect(try Self.words(recording) == ["complete", "s3 image 300", "s4 image 300", "fax"])
        #expect(try recording.sidecar.duration.value == 1)
    }

    @Test("refused: the line stays audio", arguments: ["488", "415"]) func refused(status: String) async throws {
        let recording = try await Self.call([Change(time: 1_300_000, lines: Self.image, status: status)], voice: [0..<340], fax: 0..<0)
        #expect(try Self.words(recording) == ["complete"])
        #expect(try recording.samples(of: "caller") == Self.there.samples(0..<340))
    }

    @Test("agreed on, but the voices go on: they are heard") func voicesGoOn() async throws {
        let recording = try await Self.call([Change(time: 1_300_000, lines: Self.image)], voice: [0..<340], fax: 0..<0)
        #expect(try recording.samples(of: "caller") == Self.there.samples(0..<340))
        #expect(try recording.sidecar.streams.prefix(2).allSatisfy { $0.gaps.isEmpty })
    }

    @Test("on a line of its own, with the audio line closed meanwhile") func secondLine() async throws {
        let fax = ["audio 0 RTP/AVP 0", "image # udptl t38"], voice = ["audio # RTP/AVP 0", "image 0 udptl t38"]
        let changes = [Change(time: 1_300_000, lines: fax), Change(time: 5_900_000, lines: voice)]
        let recording = try await Self.call(changes, voice: [0..<50, 290..<340], fax: 70..<270, port: 2)
        let expected = ["complete", "s1 not-negotiated", "s2 not-negotiated", "s3 image 200", "s4 image 200", "fax"]
        let words = try Self.words(recording)
        #expect(words == expected, "\(words)")
    }

    /// Timestamps of one source that go on as the clock does announce a pause; a source that is not there announces nothing.
    @Test("silence that nothing explains is still unknown, whatever else flows", arguments: [[0..<50, 290..<340], [0..<50]], [0..<0, 70..<270])
    private func unknown(voice: [Range<Int>], datagrams: Range<Int>) async throws {
        let words = try Self.words(try await Self.call([], voice: voice, fax: datagrams, renewed: true))
        #expect(words == (voice.count > 1 ? ["incomplete", "s1 unknown", "s2 unknown"] : ["complete"]), "\(words)")
    }

    @Test("one voice stops while the other goes on: unknown as well") func oneStops() async throws {
        let recording = try await Self.call([], voice: [0..<50], fax: 0..<0, longer: 340)
        let words = try Self.words(recording)
        #expect(words == ["incomplete", "s1 unknown"], "\(words)")
    }
}
