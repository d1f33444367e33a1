import CaptureSurvey
import Evidence
import PacketInput
import RecordingPlan
import RecordingRecords
import TestSupport
import Testing

/// Who the contributing sources of a mixed stream are: their talk is evidence of who speaks when (RFC 7866 sections 8.1.4 and 8.3).
struct ContributorTests {
    private static let (one, other): (UInt32, UInt32) = (0x111, 0x222)

    /// Sender report and source description (RFC 3550 sections 6.4.1 and 6.5) of a mixer for its contributors.
    private static func control(_ names: [(UInt32, String)]) -> [UInt8] {
        let report = [0x80, 200, 0, 6] + CaptureScript.be32(0xA) + [UInt8](repeating: 0, count: 20)
        var chunks: [UInt8] = []
        for (ssrc, name) in names {
            chunks += CaptureScript.be32(ssrc) + [1, UInt8(name.utf8.count)] + Array(name.utf8)
            chunks += [UInt8](repeating: 0, count: 4 - chunks.count % 4)
        }
        return report + [0x80 | UInt8(names.count), 202] + CaptureScript.be16(chunks.count / 4) + chunks
    }

    /// A mixed stream of Ann and Bob: the first second lists one source, the next the other.
    private static func session(extra: [String] = [], _ change: (inout SessionScript) -> Void = { _ in }) -> SessionScript {
        var session = SessionScript()
        let metadata = SIPScript.metadata(
            "<session session_id=\"S\"><sipSessionID>\(a);remote=\(b)</sipSessionID></session>" + SIPScript.participant("PA", name: "ann", sends: ["T1"])
                + SIPScript.participant("PB", name: "bob", sends: ["T1"]) + SIPScript.stream("T1", label: "1"))
        session.open(metadata: metadata, ports: 1, extra: extra)
        for number in 0..<100 {
            let packet = SessionScript.ann.packet(number)
            let octets = [0x81] + packet[1..<12] + CaptureScript.be32(number < 50 ? one : other) + packet[12...]
            session.script.datagram(500_000 + number * 20_000, from: SessionScript.ann.source, to: SessionScript.ann.destination, octets)
        }
        change(&session)
        session.sip.close(5_000_000, into: &session.script)
        return session
    }

    private static let (a, b) = ("0123456789abcdef0123456789abcdef", "fedcba9876543210fedcba9876543210")

    private static func contributors(_ session: SessionScript) async throws -> (RecordingRecord, [FlowRecord.Contributor]) {
        let recordings = try await Reconstructed.run(session.script.pcap()).recordings.map { try $0.sidecar }
        let sidecar = try #require(recordings.first { $0.kind == "siprec" })
        return (sidecar, try #require(sidecar.streams.flatMap(\.flows).first?.contributors))
    }

    private static let control = Socket(0xC000_0201, 4001)

    @Test("by the canonical names of RTCP, which are the participants' addresses")
    func canonicalNames() async throws {
        let session = Self.session { session in
            session.script.datagram(
                1_000_000, from: Self.control, to: Socket(0xC000_0202, 6001),
                Self.control([(0xA, "mixer@192.0.2.1"), (Self.one, "bob@example.test"), (Self.other, "ann@elsewhere.test")]))
        }
        let (sidecar, found) = try await Self.contributors(session)
        #expect(found.map(\.participants) == [["PB"], ["PA"]] && found.map(\.mapping) == ["canonical-name", "canonical-name"])
        #expect(found.map(\.cname) == ["bob@example.test", "ann@elsewhere.test"])
        #expect(found.map { $0.talk.map(\.offset) } == [[0], [1]] && found.map { $0.talk.map(\.duration) } == [[0.98], [0.98]])
        // The mix stays a mix.
        #expect(sidecar.files.filter { $0.role == .mix }.map(\.participants) == [["PA", "PB"]])
    }

    @Test("by a=ssrc of the description")
    func describedNames() async throws {
        let (_, found) = try await Self.contributors(
            Self.session(extra: ["a=ssrc:\(Self.one) cname:ann@example.test", "a=ssrc:\(Self.other) cname:nobody@example.test"]))
        #expect(found.map(\.participants) == [["PA"], nil] && found.map(\.mapping) == ["canonical-name", nil])
        #expect(found.map(\.cname) == ["ann@example.test", "nobody@example.test"])
    }

    @Test("one name for all is the mixer's, and names nobody")
    func sharedName() async throws {
        let session = Self.session { session in
            session.script.datagram(
                1_000_000, from: Self.control, to: Socket(0xC000_0202, 6001),
                Self.control([(Self.one, "ann@example.test"), (Self.other, "ann@example.test")]))
        }
        let (_, found) = try await Self.contributors(session)
        #expect(found.allSatisfy { $0.participants == nil && $0.cname == "ann@example.test" })
    }

    @Test("by the sources of the call in the same capture that the recording delivers")
    func relatedCall() async throws {
        let session = Self.session { session in
            var call = SIPScript()
            call.isRecording = false
            call.callID = "cs@example.test"
            (call.clientUser, call.serverUser) = ("ann", "bob")
            (call.client, call.server) = (Socket(0xC000_0203, 5060), Socket(0xC000_0204, 5060))
            call.send(
                "INVITE", 0, cseq: 1, body: SIPScript.description("192.0.2.3", ports: [7000], direction: "sendrecv"),
                headers: ["Session-ID: \(Self.b);remote=\(Self.a)"], into: &session.script)
            call.send(
                "200", 50_000, cseq: 1, by: .server, body: SIPScript.description("192.0.2.4", ports: [8000], direction: "sendrecv"), into: &session.script)
            call.send("ACK", 60_000, cseq: 1, method: "ACK", into: &session.script)
            let there = ToneSource(from: Socket(0xC000_0203, 7000), to: Socket(0xC000_0204, 8000), ssrc: Self.one, seed: 5)
            let back = ToneSource(from: Socket(0xC000_0204, 8000), to: Socket(0xC000_0203, 7000), ssrc: Self.other, seed: 6)
            for source in [there, back] { source.send(0..<100, at: 500_000, into: &session.script) }
            call.close(2_600_000, into: &session.script)
        }
        let (sidecar, found) = try await Self.contributors(session)
        #expect(found.map(\.participants) == [["PA"], ["PB"]] && found.allSatisfy { $0.mapping == "communication-session" })
        #expect(sidecar.dialogs.map(\.role) == [.recording, .communication] && sidecar.dialogs[1].relation != nil)
    }
}
