import CaptureSurvey
import Evidence
import PacketInput
import RecordingPlan
import RecordingRecords
import TestSupport
import Testing

/// What of the metadata reaches the sidecar beside names: dialect, extensions, identities, stated times, and how sure the senders are.
struct MetadataSidecarTests {
    private static func sidecar(_ metadata: String) async throws -> RecordingRecord {
        var session = SessionScript()
        session.open(metadata: metadata)
        SessionScript.ann.send(0..<100, at: 500_000, into: &session.script)
        SessionScript.bob.send(0..<100, at: 500_000, into: &session.script)
        session.sip.close(4_000_000, into: &session.script)
        return try await Reconstructed.run(session.script.pcap()).only.sidecar
    }

    private static let callData =
        "<callData xmlns=\"urn:ietf:params:xml:ns:callData\"><fromhdr>\"Ann Abel\" &lt;sip:ann@example.test&gt;;tag=1</fromhdr>"
        + "<tohdr>&lt;sip:bob@example.test&gt;</tohdr><gcid>77</gcid></callData>"

    private static let people =
        "<participant participant_id=\"PA\"><nameID aor=\"ann@example.test\"><name> </name></nameID></participant>"
        + "<participant participant_id=\"PB\"><nameID aor=\"bob@example.test\"/></participant>"

    @Test func extensionsIdentitiesAndStatedTimesAreKept() async throws {
        let record = try await Self.sidecar(
            SIPScript.metadata(
                "<session session_id=\"S\"><reason cause=\"200\">transfer</reason><start-time>2001-01-01T00:00:00</start-time>\(Self.callData)</session>"
                    + Self.people + SIPScript.stream("T1", label: "1") + SIPScript.stream("T2", label: "2")
                    + "<participantstreamassoc participant_id=\"PA\"><send>T1</send></participantstreamassoc>"
                    + "<participantstreamassoc participant_id=\"PB\"><send>T2</send></participantstreamassoc>"))
        #expect(record.dialogs.first?.metadata?.dialect == "Ribbon SBC")
        #expect(record.dialogs.first?.metadata?.documents == 1)
        let session = try #require(record.sessions.first)
        #expect(session.statedStart == "2001-01-01T00:00:00" && session.start != nil)
        #expect(session.reasons == ["SIP 200 transfer"])
        #expect(session.extensions?.map(\.path) == ["callData/fromhdr", "callData/tohdr", "callData/gcid"])
        #expect(session.extensions?.last?.value == "77")
        #expect(
            record.participants.map(\.identities) == [
                [ParticipantRecord.Identity(uri: "sip:ann@example.test", name: "Ann Abel", source: "callData fromhdr")],
                [ParticipantRecord.Identity(uri: "sip:bob@example.test", name: nil, source: "callData tohdr")],
            ])
        #expect(record.participants.map(\.confidence) == ["signalled", "signalled"])
        #expect(record.participants.map(\.files) == [["audio/ann-abel.wav"], ["audio/bob.wav"]])
        #expect(record.streams.map { $0.binding?.basis } == ["label", "label"])
        #expect(record.findings.contains { $0.rule == "MET020" })
    }

    @Test func peopleWithoutAssociationsArePlacedAndDoubted() async throws {
        let record = try await Self.sidecar(
            SIPScript.metadata("<session session_id=\"S\"/>" + Self.people + SIPScript.stream("T1", label: "1") + SIPScript.stream("T2", label: "2")))
        #expect(record.streams.map(\.participants) == [["PA"], ["PB"]])
        #expect(record.streams.map { $0.binding?.confidence } == ["low", "low"])
        #expect(record.streams.map { $0.binding?.alternatives?.map(\.participants) } == [[["PB"]], [["PA"]]])
        #expect(record.participants.map(\.confidence) == ["inferred", "inferred"])
        #expect(record.findings.contains { $0.rule == "MAT005" && $0.message.contains("position") })
    }

    @Test func labelsThatContradictTheOrderAreFollowedWithTheOtherReadingBeside() async throws {
        let record = try await Self.sidecar(
            SIPScript.annAndBob.replacing("<label>1<", with: "<label>x<").replacing("<label>2<", with: "<label>1<")
                .replacing("<label>x<", with: "<label>2<"))
        #expect(record.streams.map(\.participants) == [["PB"], ["PA"]])
        #expect(record.streams.map { $0.binding?.confidence } == ["high", "high"])
        #expect(record.streams.map { $0.binding?.alternatives?.map(\.streamID) } == [["T1"], ["T2"]])
    }

    @Test func sharedLabelsAreNotMergedSilently() async throws {
        let record = try await Self.sidecar(SIPScript.annAndBob.replacing("<label>2<", with: "<label>1<"))
        #expect(record.findings.contains { $0.rule == "MAT010" })
    }
}
