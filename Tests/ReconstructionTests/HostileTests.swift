import CaptureSurvey
import Evidence
import NetworkLayers
import PacketInput
import RecordingPlan
import RecordingRender
import TestSupport
import Testing

/// Whatever the octets: no crash, no hang, and no recording without a record.
struct HostileTests {
    private func survive(_ octets: [UInt8], _ seed: UInt64, _ what: String) async {
        let run = await Reconstructed.run(octets)
        #expect(run.rendered.count == run.plan.recordings.count, "seed \(seed), \(what)")
        #expect(run.rendered.allSatisfy { $0.fault == nil }, "seed \(seed), \(what)")
        #expect(run.output.finished.count == run.output.begun, "seed \(seed), \(what)")
        // Nothing in this capture lasts a second more than it says, unless a timestamp was hit; then the track is silence and costs nothing.
        let voiced = run.recordings.flatMap(\.audio.values).reduce(0) { $0 + $1.parts.reduce(0) { $0 + $1.samples.count } }
        #expect(voiced < 2_000_000, "seed \(seed), \(what)")
    }

    @Test(arguments: [UInt64(1), 2, 3]) func singleBitFlips(_ seed: UInt64) async {
        var random = SeededRandom(seed: seed)
        let whole = SessionScript.plain(packets: 30).pcap()
        for _ in 0..<100 {
            var octets = whole
            let bit = Int.random(in: 0..<whole.count * 8, using: &random)
            octets[bit / 8] ^= 1 << UInt8(bit % 8)
            await survive(octets, seed, "bit \(bit)")
        }
    }

    @Test func signallingWithManyFlips() async {
        var random = SeededRandom(seed: 4)
        let whole = SessionScript.plain(packets: 12).pcap()
        for round in 0..<60 {
            var octets = whole
            for _ in 0..<40 { octets[Int.random(in: 24..<whole.count, using: &random)] = UInt8.random(in: 0...255, using: &random) }
            await survive(octets, 4, "round \(round)")
        }
    }

    @Test func cutsAnywhere() async {
        var random = SeededRandom(seed: 5)
        let whole = SessionScript.plain(packets: 30).pcap()
        for _ in 0..<200 {
            let cut = Int.random(in: 0...whole.count, using: &random)
            await survive(Array(whole[..<cut]), 5, "cut \(cut)")
        }
    }

    @Test func octetsThatFollowAHeader() async {
        var random = SeededRandom(seed: 6)
        for count in [0, 1, 15, 16, 17, 100, 1000, 50_000] {
            await survive(CaptureScript.header + random.bytes(count), 6, "\(count) octets")
        }
        // Framed well, so that every octet reaches the decoders.
        for round in 0..<20 {
            var octets = CaptureScript.header
            for packet in 0..<50 {
                let body = random.bytes(Int.random(in: 0...200, using: &random))
                octets += CaptureScript.le32(CaptureScript.epoch) + CaptureScript.le32(packet) + CaptureScript.le32(body.count) + CaptureScript.le32(body.count)
                octets += body
            }
            await survive(octets, 6, "round \(round)")
        }
    }

    @Test func anyHeaderFieldsOnTheNegotiatedAddress() async {
        var random = SeededRandom(seed: 7)
        var session = SessionScript()
        session.open()
        let tone = SessionScript.ann
        for number in 0..<1500 {
            var packet = tone.packet(number)
            // Half keep the source, so that they meet in one flow.
            let last = number % 2 == 0 ? 8 : 12
            for index in 1..<last { packet[index] = UInt8.random(in: 0...255, using: &random) }
            packet[0] = 0x80 | UInt8.random(in: 0...0x3F, using: &random)
            session.script.datagram(500_000 + number * 1000, from: tone.source, to: tone.destination, packet)
        }
        session.sip.close(3_000_000, into: &session.script)
        let run = await Reconstructed.run(session.script.pcap())
        #expect(run.rendered.allSatisfy { $0.fault == nil })
        #expect(run.recordings.count == 1)
    }

    /// One-packet flows are cheap to send; they must be cheap to look at, too.
    @Test func manySourcesWithoutSignallingAreNoRecordings() async {
        var script = CaptureScript()
        var tone = SessionScript.ann
        for number in 0..<50_000 {
            tone.ssrc = UInt32(number) &* 2_654_435_761
            script.datagram(number * 20, from: tone.source, to: tone.destination, Array(tone.packet(0).prefix(20)))
        }
        let run = await Reconstructed.run(script.pcap())
        #expect(run.survey.flowCount == 50_000)
        #expect(run.plan.ignoredFlows == 50_000)
        #expect(run.recordings.isEmpty)
    }

    /// One after the other, and all at once.
    @Test(.timeLimit(.minutes(5)), arguments: [(4000, 1), (300, 2)]) func manySourcesOnOneNegotiatedAddressTakeBoundedTime(_ count: Int, _ packets: Int) async {
        var session = SessionScript()
        session.open()
        var tone = SessionScript.ann
        for number in 0..<count {
            tone.ssrc = UInt32(number) &* 2_654_435_761
            for packet in 0..<packets {
                session.script.datagram(500_000 + number * 500 + packet * 1_000_000, from: tone.source, to: tone.destination, tone.packet(packet * 50))
            }
        }
        session.sip.close(4_000_000, into: &session.script)
        let run = await Reconstructed.run(session.script.pcap())
        #expect(run.recordings.count == 1)
        #expect(run.rendered.allSatisfy { $0.fault == nil })
    }

    @Test func aFullFlowTableIsSaidAndCountsOn() async {
        var script = CaptureScript()
        for number in 0..<20 {
            let tone = ToneSource(from: Socket(1, UInt16(1000 + number)), to: Socket(2, 9), ssrc: 1, seed: 1)
            tone.send(0..<12, at: number, into: &script)
        }
        var options = ReconstructionOptions()
        options.limits.flows = 5
        let run = await Reconstructed.run(script.pcap(), options: options)
        #expect(run.survey.flowCount == 5)
        #expect(run.survey.findings.contains(.net004))
        #expect(run.recordings.count == 5)
    }
}
