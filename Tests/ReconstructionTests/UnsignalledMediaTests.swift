import CaptureSurvey
import Evidence
import MediaPlayout
import RecordingPlan
import RecordingRecords
import TestSupport
import Testing

/// What RTP without signalling is: told from its packets alone, and nothing is sound by default.
struct UnsignalledMediaTests {
    private static let from = Socket(0xC000_0201, 4000)
    private static let to = Socket(0xC000_0202, 6000)

    struct Kind: Sendable, CustomTestStringConvertible {
        let name: String
        let media: String
        var encoding: String?
        let script: CaptureScript
        var testDescription: String { name }
    }

    private static func packet(_ type: UInt8, _ number: Int, _ timestamp: Int, marker: Bool = false, ssrc: UInt32 = 0xA, _ payload: [UInt8]) -> [UInt8] {
        [0x80, type | (marker ? 0x80 : 0)] + CaptureScript.be16(number & 0xFFFF) + CaptureScript.be32(UInt32(truncatingIfNeeded: timestamp))
            + CaptureScript.be32(ssrc) + payload
    }

    /// Four seconds of pictures, fifteen a second, of `parts` packets; `head` begins the payload of one of them.
    private static func pictures(
        type: UInt8 = 101, clock: Int = 90_000, parts: Int = 3, size: Int = 900, times: Int = 1, into base: CaptureScript = CaptureScript(),
        head: (_ part: Int, _ isLast: Bool) -> [UInt8]
    ) -> CaptureScript {
        var script = base
        var random = SeededRandom(seed: 11)
        for frame in 0..<60 {
            for part in 0..<parts {
                let isLast = part == parts - 1
                let first = head(part, isLast)
                let octets = packet(type, 500 + frame * parts + part, frame * clock / 15, marker: isLast, first + random.bytes(size - first.count))
                for time in 0..<times { script.datagram(frame * 66_667 + part * 300 + time * 20, from: from, to: to, octets) }
            }
        }
        return script
    }

    private static func fragment(_ part: Int, _ isLast: Bool) -> [UInt8] { [0x7C, (part == 0 ? 0x80 : 0) | (isLast ? 0x40 : 0) | 1] }

    private static func speech(type: UInt8, clock: Int, size: Int, units: Int) -> CaptureScript {
        var script = CaptureScript()
        var random = SeededRandom(seed: 12)
        for number in 0..<200 {
            script.datagram(number * units * 1_000_000 / clock, from: from, to: to, packet(type, number, number * units, random.bytes(size + number % 3)))
        }
        return script
    }

    static let kinds: [Kind] = [
        Kind(name: "H.264", media: "video", encoding: "H264", script: pictures(head: fragment)),
        Kind(name: "H.264, every packet twice", media: "video", encoding: "H264", script: pictures(times: 2, head: fragment)),
        Kind(name: "H.264, one packet a picture", media: "video", encoding: "H264", script: pictures(parts: 1, size: 200) { _, _ in [0x41, 0x9A] }),
        Kind(
            name: "H.265", media: "video", encoding: "H265",
            script: pictures { part, isLast in [0x62, 0x01, (part == 0 ? 0x80 : 0) | (isLast ? 0x40 : 0) | 1] }),
        Kind(name: "VP8", media: "video", encoding: "VP8", script: pictures { part, _ in part == 0 ? [0x10, 0x10, 0, 0, 0x9D, 0x01, 0x2A] : [0] }),
        Kind(name: "VP9", media: "video", encoding: "VP9", script: pictures { part, isLast in [0x80 | (part == 0 ? 8 : 0) | (isLast ? 4 : 0), 7] }),
        Kind(name: "encrypted or unknown video", media: "video", script: pictures(type: 120) { _, _ in [] }),
        Kind(name: "H.263 by its static type", media: "video", script: pictures(type: 34) { _, _ in [] }),
        Kind(name: "small packets at 90 kHz", media: "unknown", script: pictures(parts: 1, size: 60) { _, _ in [] }),
        Kind(name: "no clock", media: "unknown", script: pictures(clock: 1234, parts: 1, size: 60) { _, _ in [] }),
        Kind(name: "sound of an unknown codec", media: "audio", script: speech(type: 110, clock: 32_000, size: 70, units: 640)),
        Kind(name: "PCMU", media: "audio", script: speech(type: 0, clock: 8000, size: 160, units: 160)),
    ]

    @Test(arguments: kinds) func mediaIsWhatPacketsShow(kind: Kind) async throws {
        let run = await Reconstructed.run(kind.script.pcap())
        let recording = try run.only
        let stream = try #require(try recording.sidecar.streams.first)
        #expect(try recording.sidecar.streams.count == 1)
        #expect(stream.media == kind.media)
        #expect(stream.flows.first?.codecs.first { $0.inferred == true }?.name == kind.encoding)
        let isSound = kind.media == "audio"
        if !isSound { #expect(recording.audio.isEmpty && recording.files.keys.allSatisfy { !$0.hasPrefix("audio/") }) }
        #expect(run.plan.findings.sorted.contains { $0.rule.code == "MAT040" } == !isSound)
        if !isSound { #expect(stream.gaps.isEmpty) }
    }

    /// Requests for pictures tell of a stream whose packets say nothing.
    @Test func picturesThatSomebodyAsksFor() async throws {
        var script = Self.pictures(parts: 1, size: 60) { _, _ in [] }
        let request: [UInt8] = [0x81, 206, 0, 2, 0, 0, 0, 9, 0, 0, 0, 0xA]
        script.datagram(900_000, from: Socket(0xC000_0202, 6001), to: Socket(0xC000_0201, 4001), [0x80, 201, 0, 1, 0, 0, 0, 9] + request)
        let stream = try #require(try await Reconstructed.run(script.pcap()).only.sidecar.streams.first)
        #expect(stream.media == "video")
    }

    @Test func soundAndPicturesOnOnePathAreTwoStreams() async throws {
        var sound = CaptureScript()
        for number in 0..<200 {
            sound.datagram(
                number * 20_000 + 5, from: Self.from, to: Self.to, Self.packet(0, number, number * 160, ssrc: 0xB, [UInt8](repeating: 0x55, count: 160)))
        }
        let recording = try await Reconstructed.run(Self.pictures(into: sound, head: Self.fragment).pcap()).only
        #expect(try recording.sidecar.streams.map(\.media).sorted() == ["audio", "video"])
        #expect(recording.audio.count == 1)
    }

    // MARK: telephone events

    struct Keys: Sendable, CustomTestStringConvertible {
        let type: UInt8
        let first: Int
        /// Seconds by which the last end packet comes after speech has gone on.
        let late: Double
        let copies: Int
        var testDescription: String { "type \(type) from packet \(first), \(late) s late, each \(copies) times" }
    }

    /// Six seconds of PCMU with two keys, 5 and #, of eight packets and three ends each.
    private static func call(_ keys: Keys) -> (script: CaptureScript, source: ToneSource, spoken: [Int]) {
        var script = CaptureScript()
        let source = ToneSource(from: from, to: to, ssrc: 0xA, seed: 4)
        var sequence = 100
        var spoken: [Int] = []
        var delayed: [(at: Int, octets: [UInt8], number: Int)] = []
        func send(_ at: Int, _ octets: [UInt8]) { for copy in 0..<keys.copies { script.datagram(at + copy * 30, from: from, to: to, octets) } }
        for slot in 0..<300 {
            for late in delayed where late.number == slot {
                send(slot * 20_000 - 1000, [late.octets[0], late.octets[1]] + CaptureScript.be16(sequence) + late.octets[4...])
                sequence += 1
            }
            let key = [keys.first, keys.first + 120].firstIndex { slot >= $0 && slot < $0 + 10 }
            if let key {
                let start = [keys.first, keys.first + 120][key]
                let place = slot - start
                let isEnd = place >= 8
                let duration = min(place + 1, 8) * 160
                let payload = [UInt8([5, 11][key]), (isEnd ? 0x80 : 0) | 10] + CaptureScript.be16(duration)
                let octets = packet(keys.type, sequence, 5000 + start * 160, marker: place == 0, payload)
                send(slot * 20_000, octets)
                sequence += 1
                if place == 9 { delayed.append((0, octets, slot + 1 + Int(keys.late * 50))) }
            } else {
                let octets = source.packet(slot)
                send(slot * 20_000, [0x80, 0] + CaptureScript.be16(sequence) + octets[4...])
                sequence += 1
                spoken.append(slot)
            }
        }
        return (script, source, spoken)
    }

    @Test(
        arguments: [
            Keys(type: 101, first: 100, late: 0, copies: 1), Keys(type: 101, first: 100, late: 0.1, copies: 1), Keys(type: 96, first: 60, late: 0.3, copies: 1),
            Keys(type: 127, first: 100, late: 0.06, copies: 2), Keys(type: 101, first: 0, late: 0.1, copies: 1),
        ])
    func keysWithoutSignalling(keys: Keys) async throws {
        let (script, source, spoken) = Self.call(keys)
        let recording = try await Reconstructed.run(script.pcap()).only
        let events = try recording.sidecar.events.filter { $0.type == .dtmf }
        #expect(events.map { $0.detail["digit"] } == ["5", "#"])
        #expect(events.allSatisfy { $0.detail["duration"] == "0.16" && $0.detail["source"] == "telephone-event-inferred" }, "\(events.map(\.detail))")
        var expected = [Int16](repeating: 0, count: 300 * 160)
        for slot in spoken { expected.replaceSubrange(slot * 160..<(slot + 1) * 160, with: source.samples(slot..<slot + 1)) }
        let found = try #require(recording.audio.values.first).samples
        if keys.first > 0 { #expect(found == expected) } else { #expect(found.suffix(46_000) == expected.suffix(46_000)) }
        #expect(try recording.gaps(.codecUnsupported).isEmpty)
    }

    /// Four octets that do not follow each other as events do are no keys.
    @Test func fourOctetsAlone() async throws {
        var script = CaptureScript()
        var random = SeededRandom(seed: 13)
        for number in 0..<200 { script.datagram(number * 20_000, from: Self.from, to: Self.to, Self.packet(100, number, number * 160, random.bytes(4))) }
        let recording = try await Reconstructed.run(script.pcap()).only
        #expect(try recording.sidecar.streams.flatMap(\.flows).flatMap(\.codecs).isEmpty)
    }

    /// A mirror port shows each packet twice: what is inferred of a codec stays the same.
    @Test(arguments: [1, 2]) func codecsAreInferredFromCopiesToo(copies: Int) async throws {
        var script = CaptureScript()
        var random = SeededRandom(seed: 14)
        for number in 0..<200 {
            let octets = Self.packet(97, number, number * 160, random.bytes(20))
            for copy in 0..<copies { script.datagram(number * 20_000 + copy * 40, from: Self.from, to: Self.to, octets) }
        }
        let codecs = try await Reconstructed.run(script.pcap()).only.sidecar.streams.flatMap(\.flows).flatMap(\.codecs)
        #expect(codecs.map(\.name) == ["G729"])
        #expect(codecs.map(\.inferred) == [true])
    }
}
