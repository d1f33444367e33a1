import CaptureSurvey
import Evidence
import PacketInput
import RecordingRecords
import TestSupport
import Testing

/// A capturing host whose clock is set while it captures.
struct ClockStepTests {
    /// Ann and Bob speak for 10 s; frames from number `after` on have a time that is off by `seconds`.
    static func capture(step seconds: Double, after: Int = 500, alone: Bool = false) -> [UInt8] {
        var session = SessionScript()
        session.open()
        SessionScript.ann.send(0..<500, at: 500_000, into: &session.script)
        if !alone { SessionScript.bob.send(0..<500, at: 507_000, into: &session.script) }
        session.sip.close(11_000_000, into: &session.script)
        return stepped(session.script.pcap(), by: seconds, after: after)
    }

    static func stepped(_ pcap: [UInt8], by seconds: Double, after: Int) -> [UInt8] {
        var out = pcap
        var at = 24
        var number = 0
        func little(_ at: Int) -> Int { (0..<4).reduce(0) { $0 | Int(pcap[at + $1]) << (8 * $1) } }
        while at + 16 <= pcap.count {
            number += 1
            if number > after {
                let time = Int64(little(at)) * 1_000_000_000 + Int64(little(at + 4)) + Int64(seconds * 1e9)
                out.replaceSubrange(at..<at + 8, with: CaptureScript.le32(Int(time / 1_000_000_000)) + CaptureScript.le32(Int(time % 1_000_000_000)))
            }
            at += 16 + little(at + 8)
        }
        return out
    }

    @Test(arguments: [-15, -1.5, -31_536_000, 0.4, 2, 15, 46_800, 31_536_000] as [Double], [40, 500, 900])
    func allStreamsAtOnceAreACorrectedClock(seconds: Double, after: Int) async throws {
        let right = try await Reconstructed.run(Self.capture(step: 0)).only
        let run = await Reconstructed.run(Self.capture(step: seconds, after: after))
        let recording = try run.only
        #expect(run.survey.clockSteps.count == 1)
        #expect(abs((run.survey.clockSteps.first?.nanoseconds ?? 0) + Int64(seconds * 1e9)) < 1_000_000)
        let isSame = recording.audio == right.audio
        #expect(isSame)
        #expect(try recording.sidecar.duration == right.sidecar.duration)
        #expect(try recording.sidecar.streams.map(\.gaps) == right.sidecar.streams.map(\.gaps))
        #expect(run.findings.contains { $0.rule.code == "CAP018" })
    }

    @Test func oneStreamAloneIsAPauseOfItsSender() async throws {
        var session = SessionScript()
        session.open()
        SessionScript.ann.send(0..<250, at: 500_000, into: &session.script)
        // Timestamps do not count the three seconds.
        SessionScript.ann.send(250..<500, at: 3_500_000, into: &session.script)
        SessionScript.bob.send(0..<650, at: 507_000, into: &session.script)
        session.sip.close(14_000_000, into: &session.script)
        let run = await Reconstructed.run(session.script.pcap())
        #expect(run.survey.clockSteps.isEmpty)
        let gaps = try run.only.sidecar.streams.flatMap(\.gaps).filter { $0.offset.value > 0.5 && $0.edge != true }
        #expect(gaps.map { ($0.duration.value * 10).rounded() / 10 } == [3])
    }

    /// Both lines stall together and catch up: the network, not a clock.
    @Test func aStallOfAllStreamsIsNoClock() async throws {
        var session = SessionScript()
        session.open()
        for source in [SessionScript.ann, SessionScript.bob] {
            var due = 0
            for number in 0..<800 {
                let sent = 500_000 + number * 20_000
                due = number < 100 ? sent : number == 100 ? sent + 3_000_000 : max(sent, due + 10_000)
                session.script.datagram(due, from: source.source, to: source.destination, source.packet(number))
            }
        }
        session.sip.close(18_000_000, into: &session.script)
        let run = await Reconstructed.run(session.script.pcap())
        #expect(run.survey.clockSteps.isEmpty)
        #expect(try run.only.sidecar.streams.flatMap(\.gaps).filter { $0.offset.value > 0.5 && $0.offset.value < 15 }.isEmpty)
    }

    /// Many calls whose senders pause for times of their own, uncounted, and one step of the clock among all that.
    @Test(arguments: [nil, 15.0, -15]) func pausesOfManyHideNoStepAndMakeNone(seconds: Double?) async throws {
        var script = CaptureScript()
        for call in 0..<12 {
            let source = ToneSource(
                from: Socket(0x0A00_0001 + UInt32(call), 4000), to: Socket(0x0A01_0001, UInt16(5000 + call * 2)), ssrc: UInt32(100 + call), seed: call)
            // Every fourth pauses long: three of them do when the clock is set.
            for part in 0..<4 {
                let numbers = part * 150..<(part + 1) * 150
                source.send(numbers, at: 500_000 + call * 37_000 + (call % 4 == 0 ? part * (1_300_000 + call * 211_000) : 0), into: &script)
            }
        }
        let pcap = script.pcap()
        let run = await Reconstructed.run(seconds.map { Self.stepped(pcap, by: $0, after: 3500) } ?? pcap)
        #expect(run.survey.clockSteps.count == (seconds == nil ? 0 : 1))
        if let seconds { #expect(abs((run.survey.clockSteps.first?.nanoseconds ?? 0) + Int64(seconds * 1e9)) < 80_000_000) }
    }
}
