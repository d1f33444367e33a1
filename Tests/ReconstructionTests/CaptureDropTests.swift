import CaptureSurvey
import Evidence
import MediaPlayout
import PacketInput
import RecordingPlan
import RecordingRecords
import TestSupport
import Testing

/// Loss that the capture itself admits.
struct CaptureDropTests {
    /// A pcapng file of a script's frames; `drops` gives packets dropped before a frame, by its number in order of time, and `total` ends the file.
    static func pcapng(_ script: CaptureScript, drops: [Int: UInt8] = [:], total: UInt8? = nil) -> [UInt8] {
        func block(_ type: Int, _ body: [UInt8]) -> [UInt8] {
            let padded = body + [UInt8](repeating: 0, count: (4 - body.count % 4) % 4)
            let length = CaptureScript.le32(padded.count + 12)
            return CaptureScript.le32(type) + length + padded + length
        }
        var out = block(0x0A0D_0D0A, CaptureScript.le32(0x1A2B_3C4D) + [1, 0, 0, 0] + [UInt8](repeating: 0xFF, count: 8))
        out += block(1, [1, 0, 0, 0] + CaptureScript.le32(0))
        for (number, frame) in script.frames.sorted(by: { $0.microseconds < $1.microseconds }).enumerated() {
            let ticks = CaptureScript.epoch * 1_000_000 + frame.microseconds
            var body = CaptureScript.le32(0) + CaptureScript.le32(ticks >> 32) + CaptureScript.le32(ticks & 0xFFFF_FFFF)
            body += CaptureScript.le32(frame.octets.count) + CaptureScript.le32(frame.original) + frame.octets
            body += [UInt8](repeating: 0, count: (4 - body.count % 4) % 4)
            if let count = drops[number] { body += [4, 0, 8, 0, count, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0] }
            out += block(6, body)
        }
        if let total { out += block(5, CaptureScript.le32(0) + [UInt8](repeating: 0, count: 8) + [5, 0, 8, 0, total, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]) }
        return out
    }

    private static func script(annLost: Set<Int>, bobLost: Set<Int>) -> CaptureScript {
        var session = SessionScript()
        session.open()
        SessionScript.ann.send(0..<100, at: 500_000, without: annLost, into: &session.script)
        SessionScript.bob.send(0..<100, at: 505_000, without: bobLost, into: &session.script)
        return session.script
    }

    private static func causes(_ octets: [UInt8]) async throws -> [[GapCause]] {
        let recording = try await Reconstructed.run(octets).only
        #expect(try !recording.sidecar.complete)
        return try recording.sidecar.streams.map { $0.gaps.filter { $0.packets > 0 }.map(\.cause) }
    }

    @Test("a drop that a packet tells of explains the gap before it and no other")
    func timed() async throws {
        let script = Self.script(annLost: [20, 21, 60], bobLost: [])
        let after = script.frames.sorted { $0.microseconds < $1.microseconds }.firstIndex { $0.microseconds >= 500_000 + 22 * 20_000 }
        #expect(try await Self.causes(Self.pcapng(script, drops: [try #require(after): 2])) == [[.captureDrop, .networkLoss], []])
        #expect(try await Self.causes(Self.pcapng(script)) == [[.networkLoss, .networkLoss], []])
    }

    @Test("with only a total, loss in every stream at once is a drop and loss in one is not")
    func total() async throws {
        let script = Self.script(annLost: [20, 21, 60], bobLost: [20, 21])
        #expect(try await Self.causes(Self.pcapng(script, total: 4)) == [[.captureDrop, .networkLoss], [.captureDrop]])
        #expect(try await Self.causes(Self.pcapng(script, total: 0)) == [[.networkLoss, .networkLoss], [.networkLoss]])
    }

    /// Ann's receiver says at a time, in seconds, how many packets it lost up to a number.
    private static func report(_ script: inout CaptureScript, at seconds: Double, highest: UInt32, lost: UInt32) {
        script.datagram(
            Int(seconds * 1e6), from: Socket(0xC000_0202, 6001), to: Socket(0xC000_0201, 4001),
            RTCPPart.receiver(0xF, of: SessionScript.ann.ssrc, highest: highest, lost: lost))
    }

    /// Reports of time, highest number and loss, and the causes of Ann's two gaps, at 0.9 s and at 1.7 s.
    @Test(
        "loss of which the receiver's reports count nothing is the capture's",
        arguments: [
            ([(0.6, 1003, 0), (3.2, 1099, 0)], [.captureDrop, .captureDrop]), ([(3.2, 1099, 0)], [.captureDrop, .captureDrop]),
            // One of three was lost, and which one nothing says.
            ([(0.6, 1003, 0), (3.2, 1099, 1)], [.networkLoss, .networkLoss]),
            // Before the second gap the receiver had lost something, then nothing more.
            ([(0.6, 1003, 0), (1.6, 1050, 2), (3.2, 1099, 2)], [.networkLoss, .captureDrop]),
            // The report comes too early to know of the gap, or none comes.
            ([(0.6, 1003, 0), (1.75, 1059, 0)], [.networkLoss, .networkLoss]), ([], [.networkLoss, .networkLoss]),
            // The receiver began to count anew.
            ([(0.6, 5003, 0), (3.2, 1099, 0)], [.networkLoss, .networkLoss]),
        ] as [([(Double, UInt32, UInt32)], [GapCause])])
    func receiver(_ reports: [(Double, UInt32, UInt32)], _ causes: [GapCause]) async throws {
        var script = Self.script(annLost: [20, 21, 60], bobLost: [])
        for (time, highest, lost) in reports { Self.report(&script, at: time, highest: highest, lost: lost) }
        let gaps = try await Reconstructed.run(Self.pcapng(script)).only.sidecar.streams[0].gaps.filter { $0.packets > 0 }
        #expect(gaps.map(\.cause) == causes)
        for gap in gaps { #expect((gap.reason ?? "").contains("receiver's report") == (gap.cause == .captureDrop)) }
    }
}
