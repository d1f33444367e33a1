import CaptureSurvey
import Evidence
import MediaPlayout
import PacketInput
import RecordingPlan
import RecordingRecords
import TestSupport
import Testing

/// Each cause that a gap can have, from the packets up: what was lost, what was never sent and what cannot be heard are told apart.
struct GapCauseTests {
    private static let ann = SessionScript.ann

    private static let bob = SessionScript.bob

    /// A session of Ann alone, or of both: 100 packets of Ann from 0.5 s on, unless `send` has others.
    private static func session(
        profile: String = "RTP/AVP", extra: [String] = [], ports: Int = 1, end: Int = 2_550_000,
        _ send: (inout SessionScript) -> Void = { ann.send(0..<100, at: 500_000, into: &$0.script) }
    ) -> SessionScript {
        var session = SessionScript()
        session.open(ports: ports, profile: profile, extra: extra)
        send(&session)
        session.sip.close(end, into: &session.script)
        return session
    }

    /// Ann's stream is `inactive` from 1 s to 2 s, though her packets go on; in a recording session Bob's is not.
    private static func paused(isRecording: Bool) -> SessionScript {
        var session = SessionScript()
        session.sip.isRecording = isRecording
        let lines = isRecording ? 2 : 1
        session.open(metadata: isRecording ? SIPScript.annAndBob : nil, ports: lines)
        ann.send(0..<100, at: 500_000, into: &session.script)
        if isRecording { bob.send(0..<100, at: 500_000, into: &session.script) }
        for (time, number, isInactive) in [(1_000_000, 2, true), (2_000_000, 3, false)] {
            func description(_ address: String, _ ports: [Int], _ direction: String) -> String {
                SIPScript.description(address, ports: Array(ports.prefix(lines)), direction: direction, labels: true)
                    .replacing("a=\(direction)", with: isInactive ? "a=inactive" : "a=\(direction)", maxReplacements: 1)
            }
            session.sip.send("INVITE", time, cseq: number, body: description("192.0.2.1", [4000, 4002], "sendonly"), into: &session.script)
            session.sip.send("200", time + 10_000, cseq: number, by: .server, body: description("192.0.2.2", [6000, 6002], "recvonly"), into: &session.script)
        }
        session.sip.close(2_550_000, into: &session.script)
        return session
    }

    /// The line is that of a fax from 1 s to 2 s.
    private static func fax() -> SessionScript {
        var session = SessionScript()
        session.sip.isRecording = false
        session.open(metadata: nil, ports: 1)
        ann.send(0..<25, at: 500_000, into: &session.script)
        var later = ann
        later.firstSequence &-= 50
        later.send(75..<100, at: 500_000, into: &session.script)
        for (time, number, line) in [(1_000_000, 2, "image # udptl t38"), (1_900_000, 3, "audio # RTP/AVP 0")] {
            func description(_ address: String, _ port: Int, _ direction: String) -> String {
                SIPScript.description(address, ports: [port], direction: direction).replacing(
                    "audio \(port) RTP/AVP 0", with: line.replacing("#", with: "\(port)"))
            }
            session.sip.send("INVITE", time, cseq: number, body: description("192.0.2.1", 4000, "sendonly"), into: &session.script)
            session.sip.send("200", time + 10_000, cseq: number, by: .server, body: description("192.0.2.2", 6000, "recvonly"), into: &session.script)
        }
        session.sip.close(2_550_000, into: &session.script)
        return session
    }

    /// The captures that show `cause`, and packets and seconds that it is told with.
    private static func captures(_ cause: GapCause) -> (inputs: [MemoryInput], packets: Int?, seconds: Double) {
        func one(_ session: SessionScript) -> [MemoryInput] { [MemoryInput(session.script.pcap())] }
        let lost = Set(20..<30)
        switch cause {
        case .networkLoss:
            return (one(session { ann.send(0..<100, at: 500_000, without: lost, into: &$0.script) }), 10, 0.2)
        case .captureDrop:
            let script = session { ann.send(0..<100, at: 500_000, without: lost, into: &$0.script) }.script
            let after = script.frames.sorted { $0.microseconds < $1.microseconds }.firstIndex { $0.microseconds >= 500_000 + 30 * 20_000 } ?? 0
            return ([MemoryInput(CaptureDropTests.pcapng(script, drops: [after: 10]))], 10, 0.2)
        case .snapLength:
            let script = session { session in
                for number in 0..<100 {
                    session.script.datagram(
                        500_000 + number * 20_000, from: ann.source, to: ann.destination, ann.packet(number), kept: lost.contains(number) ? 60 : nil)
                }
            }
            return (one(script), 10, 0.2)
        case .fileMissing:
            // Three files, the second of which is not there: 30 packets from 0.9 s on.
            let script = session().script
            let frames = script.frames.sorted { $0.microseconds < $1.microseconds }
            func file(_ name: String, _ range: Range<Int>) -> MemoryInput {
                MemoryInput(script.pcap { range.contains(frames[$0].microseconds) }, name: name)
            }
            return ([file("a1.pcap", 0..<900_000), file("a3.pcap", 1_500_000..<9_000_000)], 30, 0.6)
        case .noKey:
            return (one(session(profile: "RTP/SAVP")), 100, 2)
        case .authenticationFailure:
            let key = "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:" + String(repeating: "AAAA", count: 10)
            return (one(session(profile: "RTP/SAVP", extra: [key])), 100, 2)
        case .discontinuousTransmission:
            // The numbers go on, the timestamps tell of half a second in which nothing was sent.
            return (
                one(
                    session { session in
                        ann.send(0..<20, at: 500_000, into: &session.script)
                        var later = ann
                        later.firstSequence &-= 25
                        later.send(45..<100, at: 500_000, into: &session.script)
                    }), nil, 0.5
            )
        case .hold: return (one(paused(isRecording: false)), nil, 0.99)
        case .pause: return (one(paused(isRecording: true)), nil, 0.99)
        case .notNegotiated: return (one(fax()), nil, 1)
        case .codecUnsupported:
            return (
                one(
                    session(extra: ["a=rtpmap:97 EVS/16000"]) { session in
                        var evs = ann
                        evs.payloadType = 97
                        evs.send(0..<100, at: 500_000, into: &session.script)
                    }), 100, 2
            )
        case .unknown:
            // The stream ends for no reason that is told.
            let both = session(ports: 2, end: 8_000_000) { session in
                ann.send(0..<100, at: 500_000, into: &session.script)
                bob.send(0..<300, at: 500_000, into: &session.script)
            }
            return (one(both), nil, 4)
        }
    }

    @Test(arguments: GapCause.allCases) func everyCauseIsTold(cause: GapCause) async throws {
        let (inputs, packets, seconds) = Self.captures(cause)
        let run = await Reconstructed.run(inputs)
        let gaps = try run.only.sidecar.streams.filter { $0.label == "1" || $0.label == nil }.flatMap(\.gaps)
        let told = gaps.filter { $0.cause == cause }
        #expect(told.count == 1, "\(gaps)")
        let gap = try #require(told.first)
        if let packets { #expect(gap.packets == packets) }
        #expect(abs(gap.duration.value - seconds) <= 0.03)
        // What is lost for good makes the recording incomplete; where there is a gap there is silence.
        if ![.discontinuousTransmission, .hold, .pause, .notNegotiated].contains(cause) { #expect(try !run.only.sidecar.complete) }
        if ![.noKey, .authenticationFailure, .codecUnsupported, .unknown].contains(cause) {
            let path = try #require(run.only.sidecar.streams.first?.files.first)
            let samples = try #require(run.only.audio[path]).samples
            let from = Int((gap.offset.value * 8000).rounded())
            #expect(samples[from..<from + Int(gap.duration.value * 8000) - 160].allSatisfy { $0 == 0 })
            #expect(samples[..<from].contains { $0 != 0 })
        }
    }

    @Test("a hole between two files explains no loss beside it, nor what another file covers")
    func filesThatDoNotMeet() async throws {
        let script = Self.session { Self.ann.send(0..<100, at: 500_000, without: [10, 80], into: &$0.script) }.script
        let frames = script.frames.sorted { $0.microseconds < $1.microseconds }
        func file(_ name: String, _ range: Range<Int>) -> MemoryInput { MemoryInput(script.pcap { range.contains(frames[$0].microseconds) }, name: name) }
        let apart = try await Reconstructed.run([file("a1.pcap", 0..<900_000), file("a3.pcap", 1_500_000..<9_000_000)]).only
        #expect(try apart.sidecar.streams[0].gaps.map(\.cause) == [.networkLoss, .fileMissing, .networkLoss])
        var covering = CaptureScript()
        covering.datagram(1_000_000, from: Socket(1, 1), to: Socket(2, 2), "something else")
        covering.datagram(1_400_000, from: Socket(1, 1), to: Socket(2, 2), "something else")
        let covered = try await Reconstructed.run([
            file("a1.pcap", 0..<900_000), MemoryInput(covering.pcap(), name: "a2.pcap"), file("a3.pcap", 1_500_000..<9_000_000),
        ]).only
        #expect(try covered.sidecar.streams[0].gaps.map(\.cause) == [.networkLoss, .networkLoss, .networkLoss])
    }
}
