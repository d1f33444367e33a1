import CaptureSurvey
import Evidence
import PacketInput
import RecordingPlan
import RecordingRecords
import TestSupport
import Testing

/// A switch between two hops of a call sends other sound to one side for a part of the time: the hops have much in common, and neither is a copy.
struct PartCopyTests {
    private static let relay: UInt32 = 0xC000_0202
    private static let (ann, bob) = (Socket(0xC000_0201, 4000), Socket(0xC000_0203, 8000))
    private static let (near, far) = (Socket(relay, 6000), Socket(relay, 7000))

    /// Words that no other voice has.
    private static func words(_ voice: Int, _ number: Int) -> [UInt8] {
        var state = UInt64(voice) &* 0x9E37_79B9_7F4A_7C15 &+ UInt64(number) &* 0xD6E8_FEB8_6659_FD93 | 1
        return (0..<160).map { _ in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return UInt8(state >> 40 & 0x3F) | (state >> 60 & 1 == 0 ? 0x80 : 0)
        }
    }

    /// One flow; `voice` says who is heard in each packet. Lost is what `isLost` says.
    private static func send(
        from source: Socket, to destination: Socket, ssrc: UInt32, first: Int, at start: Int, packets: Range<Int>, isLost: (Int) -> Bool = { _ in false },
        into script: inout CaptureScript, voice: (Int) -> Int
    ) {
        for number in packets where !isLost(number) {
            let header =
                [0x80, 0] + CaptureScript.be16((first + number) & 0xFFFF) + CaptureScript.be32(UInt32(first + number * 160)) + CaptureScript.be32(ssrc)
            script.datagram(start + number * 20_000, from: source, to: destination, header + words(voice(number), number))
        }
    }

    private static func open(_ script: inout CaptureScript, hops: Int, until end: Int) {
        for hop in 0..<hops {
            var sip = SIPScript()
            sip.isRecording = false
            sip.callID = "hop-\(hop)@example.test"
            sip.tags = ("c\(hop)", "s\(hop)")
            sip.client = Socket(0xC000_0201 + UInt32(hop), 5060)
            sip.server = Socket(0xC000_0202 + UInt32(hop), 5060)
            sip.open(
                hop * 1000, offer: SIPScript.description("192.0.2.\(1 + hop)", ports: [hop == 0 ? 4000 : 7000], direction: "sendrecv"),
                answer: SIPScript.description("192.0.2.\(2 + hop)", ports: [hop == 0 ? 6000 : 8000], direction: "sendrecv"), into: &script)
            sip.close(end + hop * 1000, into: &script)
        }
    }

    /// Thirty seconds; the switch sends voice 3 to bob and voice 4 to ann while `other` says so. `sources`: whether it has sources and numbers of its own.
    private static func script(hops: Int = 2, isRenumbered: Bool = true, loss: Int = 0, toBobOnly: Bool = false, other: (Int) -> Bool) -> CaptureScript {
        var script = CaptureScript()
        open(&script, hops: hops, until: 31_500_000)
        func isLost(_ seed: Int) -> (Int) -> Bool { { loss > 0 && ($0 &* 7919 &+ seed &* 104_729) % 1000 < loss } }
        send(from: ann, to: near, ssrc: 0xA, first: 100, at: 500_000, packets: 0..<1500, isLost: isLost(1), into: &script) { _ in 1 }
        send(from: bob, to: far, ssrc: 0xB, first: 200, at: 500_000, packets: 0..<1500, isLost: isLost(2), into: &script) { _ in 2 }
        send(
            from: far, to: bob, ssrc: isRenumbered ? 0xC : 0xA, first: isRenumbered ? 9000 : 100, at: 512_000, packets: 0..<1500, isLost: isLost(3),
            into: &script
        ) { other($0) ? 3 : 1 }
        send(
            from: near, to: ann, ssrc: isRenumbered ? 0xD : 0xB, first: isRenumbered ? 7000 : 200, at: 512_000, packets: 0..<1500, isLost: isLost(4),
            into: &script
        ) { other($0) && !toBobOnly ? 4 : 2 }
        return script
    }

    private static let parts: [Range<Int>] = [500..<800, 500..<1500, 1000..<1075, 0..<400]

    @Test("other sound for a part of the time is heard", arguments: parts, [true, false])
    func otherSound(_ part: Range<Int>, isRenumbered: Bool) async throws {
        let run = await Reconstructed.run(Self.script(isRenumbered: isRenumbered) { part.contains($0) }.pcap())
        let flows = try run.recordings.flatMap { try $0.sidecar.streams }.flatMap(\.flows)
        #expect(flows.count == 4)
        #expect(flows.allSatisfy { $0.fates?.heard == 1500 })
        #expect(run.plan.unplanned.isEmpty)
        if run.recordings.count == 1 {
            #expect(run.plan.findings.sorted.contains { $0.rule.code == "MAT041" })
            #expect(!run.plan.findings.sorted.contains { ["MAT013", "MAT003"].contains($0.rule.code) })
        }
    }

    @Test("also where both hops lose packets", arguments: parts.prefix(2), [2, 20])
    func otherSoundWithLoss(_ part: Range<Int>, loss: Int) async throws {
        let run = await Reconstructed.run(Self.script(loss: loss) { part.contains($0) }.pcap())
        let flows = try run.recordings.flatMap { try $0.sidecar.streams }.flatMap(\.flows)
        #expect(flows.count == 4)
        #expect(run.plan.unplanned.isEmpty)
    }

    @Test("only the side that has other sound is heard twice")
    func oneSide() async throws {
        let run = await Reconstructed.run(Self.script(toBobOnly: true) { (500..<800).contains($0) }.pcap())
        let recording = try run.only
        #expect(try recording.sidecar.streams.flatMap(\.flows).count == 3)
        #expect(run.plan.unplanned.map(\.reason) == [.otherPath])
        #expect(run.plan.unplanned.map(\.packets) == [1500])
    }

    @Test("also on a side without signalling")
    func withoutSignalling() async throws {
        let run = await Reconstructed.run(Self.script(hops: 1) { (500..<800).contains($0) }.pcap())
        let flows = try run.recordings.flatMap { try $0.sidecar.streams }.flatMap(\.flows)
        #expect(flows.count == 4)
        #expect(run.plan.unplanned.isEmpty)
    }

    @Test("a relay that sends all on is a copy, also with a few losses of its own", arguments: [0, 10, 50])
    func copies(loss: Int) async throws {
        let run = await Reconstructed.run(Self.script(loss: loss) { _ in false }.pcap())
        let recording = try run.only
        #expect(try recording.sidecar.streams.flatMap(\.flows).count == 2)
        #expect(run.plan.unplanned.map(\.reason) == [.otherPath])
        #expect(!run.plan.findings.sorted.contains { $0.rule.code == "MAT041" })
    }

    @Test("where each hop under numbers of its own lost much, both are heard")
    func muchLost() async throws {
        let run = await Reconstructed.run(Self.script(loss: 200) { _ in false }.pcap())
        #expect(try run.recordings.flatMap { try $0.sidecar.streams }.flatMap(\.flows).count == 4)
        #expect(run.plan.unplanned.isEmpty)
    }

    @Test("a call of which one hop was captured for a part of the time is complete, under equal numbers")
    func firstHopEndsEarly() async throws {
        var script = CaptureScript()
        Self.open(&script, hops: 2, until: 31_500_000)
        Self.send(from: Self.ann, to: Self.near, ssrc: 0xA, first: 100, at: 500_000, packets: 0..<500, into: &script) { _ in 1 }
        Self.send(from: Self.far, to: Self.bob, ssrc: 0xA, first: 100, at: 512_000, packets: 0..<1500, into: &script) { _ in 1 }
        Self.send(from: Self.bob, to: Self.far, ssrc: 0xB, first: 200, at: 500_000, packets: 0..<1500, into: &script) { _ in 2 }
        Self.send(from: Self.near, to: Self.ann, ssrc: 0xB, first: 200, at: 512_000, packets: 0..<500, into: &script) { _ in 2 }
        let recording = try await Reconstructed.run(script.pcap()).only
        #expect(try recording.sidecar.complete)
        #expect(try recording.sidecar.streams.flatMap(\.flows).reduce(0) { $0 + ($1.fates?.heard ?? 0) } == 3000)
    }

    @Test("copies on a side without signalling are no noise")
    func unsignalledCopies() async throws {
        let run = await Reconstructed.run(Self.script(hops: 1) { _ in false }.pcap())
        #expect(run.plan.unplanned.map(\.reason) == [.otherPath])
    }
}
