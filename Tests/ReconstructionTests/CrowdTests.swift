import CaptureSurvey
import Evidence
import PacketInput
import RecordingPlan
import RecordingRecords
import TestSupport
import Testing

/// Many calls at once that look alike: one private address behind many translators, load generators with one port or one recording to play.
struct CrowdTests {
    /// One call with media both ways.
    private struct Call {
        var number: Int
        var start: Int
        var client: UInt32
        var server: UInt32 = 0xC000_0202
        var announced = "10.0.0.5"
        var ports = (4000, 6000)
        /// Where packets come from and go to.
        var media: (UInt32, UInt32)?
        var ssrc: UInt32
        var seed: Int
        var packets = 12
        var isTwoWay = true
        /// Microseconds that media comes later than it would.
        var delay = 0
        var answer: String?

        func play(into script: inout CaptureScript) {
            var sip = SIPScript()
            sip.isRecording = false
            sip.callID = "call-\(number)@example.test"
            sip.tags = ("c\(number)", "s\(number)")
            sip.client = Socket(client, 5060)
            sip.server = Socket(server, 5060)
            sip.clientUser = "user\(number)"
            sip.open(
                start, offer: SIPScript.description(announced, ports: [ports.0], direction: "sendrecv"),
                answer: SIPScript.description(answer ?? "192.0.2.2", ports: [ports.1], direction: "sendrecv"), into: &script)
            let (near, far) = media ?? (client, server)
            let there = ToneSource(from: Socket(near, UInt16(ports.0)), to: Socket(far, UInt16(ports.1)), ssrc: ssrc, seed: seed)
            let back = ToneSource(from: there.destination, to: there.source, ssrc: ssrc &+ 0x8000, seed: seed + 50)
            there.send(0..<packets, at: start + 120_000 + delay, into: &script)
            if isTwoWay { back.send(0..<packets, at: start + 130_000 + delay, into: &script) }
            sip.close(start + 200_000 + packets * 20_000 + delay, into: &script)
        }
    }

    private static func run(_ calls: [Call]) async -> Reconstructed {
        var script = CaptureScript()
        for call in calls { call.play(into: &script) }
        return await Reconstructed.run(script.pcap())
    }

    @Test(
        "300 calls at once, each caller behind a translator of its own, all announcing one private socket: 300 recordings, 600 files", arguments: [true, false])
    func translators(hasPortsOfItsOwn: Bool) async throws {
        let run = await Self.run(
            (0..<300).map {
                Call(
                    number: $0, start: $0 * 1000, client: 0xCB00_7100 + UInt32($0), ports: (4000, hasPortsOfItsOwn ? 20_000 + 2 * $0 : 6000),
                    ssrc: 0x100 + UInt32($0), seed: $0)
            })
        #expect(run.recordings.count == 300)
        var voices: Set<String> = []
        for recording in run.recordings {
            let sidecar = try recording.sidecar
            #expect(sidecar.dialogs.count == 1 && recording.audio.count == 2)
            let number = try #require(Int(sidecar.dialogs[0].callID.dropFirst(5).prefix { $0 != "@" }))
            #expect(
                try recording.samples(of: "caller").prefix(12 * 160)
                    == ToneSource(from: Socket(0, 0), to: Socket(0, 0), ssrc: 0, seed: number).samples(0..<12)[...])
            for flow in sidecar.streams.flatMap(\.flows) { voices.insert("\(flow.ssrc)") }
        }
        #expect(voices.count == 600)
    }

    @Test("100 calls of a load generator on one port, each with a source of its own: each has the voice that begins and ends with it")
    func onePort() async throws {
        let run = await Self.run(
            (0..<100).map {
                Call(
                    number: $0, start: $0 * 150_000, client: 0xC000_0201, announced: "192.0.2.1", ssrc: 0x100 + UInt32($0), seed: $0, packets: 60,
                    isTwoWay: false)
            })
        #expect(run.recordings.count == 100)
        for recording in run.recordings {
            let sidecar = try recording.sidecar
            let flows = sidecar.streams.flatMap(\.flows)
            #expect(flows.count == 1 && flows[0].packets == 60)
            let number = try #require(Int(sidecar.dialogs[0].callID.dropFirst(5).prefix { $0 != "@" }))
            #expect(try recording.samples(of: "caller") == ToneSource(from: Socket(0, 0), to: Socket(0, 0), ssrc: 0, seed: number).samples(0..<60))
        }
    }

    @Test("calls on one port that begin and end at once: no voice is left out, and what nothing tells apart is doubtful")
    func nothingTells() async throws {
        let run = await Self.run(
            (0..<8).map {
                Call(number: $0, start: 0, client: 0xC000_0201, announced: "192.0.2.1", ssrc: 0x100 + UInt32($0), seed: $0, packets: 60, isTwoWay: false)
            })
        let flows = try run.recordings.flatMap { try $0.sidecar.streams.flatMap(\.flows) }
        #expect(Set(flows.map { "\($0.ssrc)" }).count == 8 && flows.allSatisfy { $0.packets == 60 })
        #expect(run.recordings.map(\.audio.count).reduce(0, +) == 8)
        #expect(run.plan.recordings.contains { $0.isDoubtful })
        #expect(run.plan.findings.sorted.contains { $0.rule.code == "MAT001" && $0.message.contains("nothing tells") })
    }

    @Test("a load generator that plays one recording in all calls: the same packets, and calls of their own", arguments: [true, false])
    func oneRecordingPlayed(isOneHost: Bool) async throws {
        let run = await Self.run(
            (0..<20).map {
                let host = 0xC000_0210 + (isOneHost ? 0 : UInt32($0))
                return Call(
                    number: $0, start: $0 * 30_000, client: host, announced: "192.0.2.\(16 + (isOneHost ? 0 : $0))", ports: (4000 + 2 * $0, 6000 + 2 * $0),
                    ssrc: 7,
                    seed: 1, packets: 60, isTwoWay: false)
            })
        #expect(run.recordings.count == 20)
        #expect(run.recordings.allSatisfy { $0.audio.count == 1 })
    }

    @Test("the same through a back-to-back user agent: each call has its own two hops")
    func oneRecordingPlayedThroughAnAgent() async throws {
        var calls: [Call] = []
        for number in 0..<10 {
            let start = number * 40_000
            calls.append(
                Call(
                    number: number * 2, start: start, client: 0xC000_0201, announced: "192.0.2.1", ports: (4000 + 2 * number, 6000 + 2 * number), ssrc: 7,
                    seed: 1,
                    packets: 60))
            calls.append(
                Call(
                    number: number * 2 + 1, start: start + 2000, client: 0xC000_0202, server: 0xC000_0203, announced: "192.0.2.2",
                    ports: (7000 + 2 * number, 8000 + 2 * number), ssrc: 7, seed: 1, packets: 60, answer: "192.0.2.3"))
        }
        let run = await Self.run(calls)
        let pairs = try run.recordings.map { try $0.sidecar.dialogs.map(\.callID) }
        #expect(Set(pairs) == Set((0..<10).map { ["call-\($0 * 2)@example.test", "call-\($0 * 2 + 1)@example.test"] }))
        #expect(run.recordings.allSatisfy { $0.audio.count == 2 })
    }
}
