import CaptureSurvey
import Evidence
import PacketInput
import RecordingPlan
import RecordingRecords
import TestSupport
import Testing

/// One call on two sides of a back-to-back user agent that relays its media.
struct HopTests {
    private static let (a, b) = ("0123456789abcdef0123456789abcdef", "fedcba9876543210fedcba9876543210")

    /// The second hop begins 200 ms later, under another Call-ID and between other sockets; it lacks the first second of media.
    /// `voices`: seeds of what the second hop says beyond those of the first.
    private static func script(_ headers: ([String], [String]), laterBy shift: Int = 200_000, voices: Int = 0) -> CaptureScript {
        var script = CaptureScript()
        for hop in 0...1 {
            var sip = SIPScript()
            sip.isRecording = false
            sip.callID = "hop-\(hop)@example.test"
            sip.tags = ("c\(hop)", "s\(hop)")
            sip.clientUser = "ann"
            sip.serverUser = "bob"
            let (near, far) = (UInt32(0xC000_0201 + hop), UInt32(0xC000_0202 + hop))
            sip.client = Socket(near, 5060)
            sip.server = Socket(far, 5060)
            let start = hop * shift
            sip.send(
                "INVITE", start, cseq: 1, body: SIPScript.description("192.0.2.\(1 + hop)", ports: [4000 + hop * 2], direction: "sendrecv"),
                headers: hop == 0 ? headers.0 : headers.1, into: &script)
            sip.send(
                "200", start + 50_000, cseq: 1, by: .server, body: SIPScript.description("192.0.2.\(2 + hop)", ports: [6000 + hop * 2], direction: "sendrecv"),
                into: &script)
            sip.send("ACK", start + 90_000, cseq: 1, method: "ACK", into: &script)
            let there = ToneSource(
                from: Socket(near, UInt16(4000 + hop * 2)), to: Socket(far, UInt16(6000 + hop * 2)), ssrc: 0xA0 + UInt32(hop), seed: 1 + hop * voices)
            let back = ToneSource(from: there.destination, to: there.source, ssrc: 0xB0 + UInt32(hop), seed: 2 + hop * voices)
            for source in [there, back] { source.send(hop * 50..<200, at: start + 500_000, into: &script) }
            sip.close(start + 5_000_000, into: &script)
        }
        return script
    }

    @Test(arguments: [
        (["Session-ID: \(a);remote=\(b)"], ["Session-ID: \(a);remote=\(b)"]), (["Session-ID: \(a);remote=\(b)"], ["Session-ID: \(b);remote=\(a)"]),
        ([], ["X-CID: hop-0@example.test"]), (["X-CID: hop-1@example.test"], []), ([], []),
    ]) func hopsOfOneCallAreOneRecording(_ first: [String], _ second: [String]) async throws {
        let run = await Reconstructed.run(Self.script((first, second)).pcap())
        let recording = try run.only
        let sidecar = try recording.sidecar
        #expect(sidecar.dialogs.map(\.callID) == ["hop-0@example.test", "hop-1@example.test"])
        #expect(sidecar.participants.map(\.id) == ["caller", "callee"])
        // One voice, one file: the hop with more packets.
        let source = ToneSource(from: Socket(0, 0), to: Socket(0, 0), ssrc: 0, seed: 1)
        #expect(try recording.samples(of: "caller") == source.samples(0..<200))
        #expect(sidecar.streams.flatMap(\.flows).map(\.packets) == [200, 200])
        #expect(run.plan.findings.sorted.filter { $0.rule.code == "MAT013" }.reduce(0) { $0 + $1.count } == 2)
    }

    /// With voices of their own: nothing in common, a half in common as a consultation has, an empty half, another's Call-ID, and even the call's own;
    /// and the same voices at another time.
    @Test(arguments: [
        (["Session-ID: \(a);remote=\(b)"], ["Session-ID: \(a);remote=\(String(b.reversed()).replacing("0123", with: "9999"))"], 200_000),
        (["Session-ID: \(a);remote=00000000000000000000000000000000"], ["Session-ID: \(a);remote=00000000000000000000000000000000"], 200_000),
        ([], [], 200_000), ([], ["X-CID: hop-7@example.test"], 200_000), ([], ["X-CID: hop-0@example.test"], 200_000),
        (["Session-ID: \(a);remote=\(b)"], ["Session-ID: \(a);remote=\(b)"], 200_000),
        (["Session-ID: \(a);remote=\(b)"], ["Session-ID: \(a);remote=\(b)"], 20_000_000),
    ]) func callsThatOnlyLookAlikeStayTwo(_ first: [String], _ second: [String], _ shift: Int) async throws {
        let run = await Reconstructed.run(Self.script((first, second), laterBy: shift, voices: shift < 1_000_000 ? 10 : 0).pcap())
        #expect(run.recordings.count == 2)
    }

    @Test func byDialogEveryHopIsHeard() async throws {
        var options = ReconstructionOptions()
        options.rule = .dialog
        let same = ["Session-ID: \(Self.a);remote=\(Self.b)"]
        #expect(await Reconstructed.run(Self.script((same, same)).pcap(), options: options).recordings.count == 2)
    }
}
