import CaptureSurvey
import PacketInput
import RecordingPlan
import RecordingRecords
import TestSupport
import Testing

/// RTCP BYE (RFC 3550 section 6.6): what is silent after it is an end, what is silent before it is not explained by it.
struct GoodbyeTests {
    /// Ann speaks from 0.5 s to 1.5 s, Bob from 0.5 s to the end at 6 s; Ann's BYE comes when it comes.
    private func session(byeAt microseconds: Int?, packets: Int = 50) async throws -> MemoryRecording {
        var session = SessionScript()
        session.open()
        SessionScript.bob.send(0..<275, at: 500_000, into: &session.script)
        SessionScript.ann.send(0..<packets, at: 500_000, into: &session.script)
        if let microseconds {
            let source = CaptureScript.be32(SessionScript.ann.ssrc)
            let (from, to) = (SessionScript.ann.source, SessionScript.ann.destination)
            session.script.datagram(
                microseconds, from: Socket(from.address, from.port + 1), to: Socket(to.address, to.port + 1),
                [0x80, 201, 0, 1] + source + [0x81, 203, 0, 1] + source)
        }
        session.sip.close(6_000_000, into: &session.script)
        return try await Reconstructed.run(session.script.pcap()).only
    }

    private func end(_ recording: MemoryRecording) throws -> [[String]] {
        try recording.sidecar.streams.flatMap(\.gaps).filter { $0.offset.value > 0.5 }.map { ["\($0.cause)", "\(($0.duration.value * 10).rounded() / 10)"] }
    }

    @Test("silence after a BYE is an end: the recording is complete")
    func explained() async throws {
        let recording = try await session(byeAt: 1_520_000)
        let end = try end(recording)
        #expect(end == [["discontinuousTransmission", "4.5"]])
        #expect(try recording.sidecar.streams.flatMap(\.flows).map(\.goodbye) == ["2026-01-01T00:00:01.520000000Z", nil])
        #expect(try recording.sidecar.complete)
    }

    @Test("without a BYE nothing says why the stream ended")
    func unexplained() async throws {
        let recording = try await session(byeAt: nil)
        let end = try end(recording)
        #expect(end == [["unknown", "4.5"]])
        #expect(try !recording.sidecar.complete)
    }

    @Test("a BYE that comes late explains what follows it, not what went before")
    func late() async throws {
        let end = try end(try await session(byeAt: 4_500_000))
        #expect(end == [["unknown", "3.0"], ["discontinuousTransmission", "1.5"]])
    }

    @Test("a BYE after which the source goes on ends nothing")
    func forged() async throws {
        let recording = try await session(byeAt: 600_000, packets: 100)
        let end = try end(recording)
        #expect(end == [["unknown", "3.5"]])
        #expect(try recording.sidecar.streams.flatMap(\.flows).map(\.goodbye) == [nil, nil])
    }
}
