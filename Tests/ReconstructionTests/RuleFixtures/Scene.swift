import CaptureFormat
import CaptureSurvey
import Evidence
import PacketInput
import RecordingPlan
import TestSupport
import Testing

/// One recording session of Ann and Bob as RFC 7866 wants it, in pieces that a fixture can change.
///
/// Frame 1 is the INVITE, 2 its answer, 3 the ACK; from frame 4 on the two speak for a second, Ann first; then come the BYE and its answer.
struct Scene: Sendable {
    var invite: SceneMessage
    var ok: SceneMessage
    var ack: SceneMessage
    var bye: SceneMessage
    var goodbye: SceneMessage
    /// What else is signalled.
    var others: [SceneMessage] = []
    var ann: [ScenePacket]
    var bob: [ScenePacket]
    /// Frames beside those of the session.
    var beside = CaptureScript()
    /// From the frames to the inputs.
    var write: @Sendable (CaptureScript) -> [MemoryInput] = { [MemoryInput($0.pcap())] }
    var options = ReconstructionOptions()
    /// Output that fails after so many recordings were begun.
    var outputFailsAfter: Int?
    /// The user interrupts while the survey reads.
    var isInterrupted = false

    static let annSource = ToneSource(from: Socket(0xC000_0201, 4000), to: Socket(0xC000_0202, 6000), ssrc: 0xA, seed: 1)
    static let bobSource = ToneSource(from: Socket(0xC000_0201, 4002), to: Socket(0xC000_0202, 6002), ssrc: 0xB, firstSequence: 2000, seed: 2)

    init() {
        invite = SceneMessage(
            "INVITE", at: 0, cseq: 1, headers: ["Require: siprec", "Accept: application/sdp, application/rs-metadata-request"],
            description: Self.offer, metadata: Self.document)
        ok = SceneMessage("200", at: 0.05, cseq: 1, by: .server, description: Self.answer)
        ack = SceneMessage("ACK", at: 0.1, cseq: 1)
        ann = ScenePacket.speech(Self.annSource, 0..<50)
        bob = ScenePacket.speech(Self.bobSource, 0..<50, from: 0.505)
        bye = SceneMessage("BYE", at: 2, cseq: 9)
        goodbye = SceneMessage("200", at: 2.01, cseq: 9, method: "BYE", by: .server)
    }

    static let offer = description(
        "192.0.2.1",
        [
            "m=audio 4000 RTP/AVP 0\na=rtpmap:0 PCMU/8000\na=sendonly\na=label:1",
            "m=audio 4002 RTP/AVP 0\na=rtpmap:0 PCMU/8000\na=sendonly\na=label:2",
        ])
    static let answer = description(
        "192.0.2.2", ["m=audio 6000 RTP/AVP 0\na=rtpmap:0 PCMU/8000\na=recvonly", "m=audio 6002 RTP/AVP 0\na=rtpmap:0 PCMU/8000\na=recvonly"])

    static func description(_ address: String, _ media: [String], version: Int = 1) -> String {
        (["v=0", "o=- 1 \(version) IN IP4 \(address)", "s=-", "c=IN IP4 \(address)", "t=0 0"] + media).joined(separator: "\n") + "\n"
    }

    /// Identifiers are written `{S}` (session), `{G}` (group), `{ann}`, `{bob}`, `{A}` and `{B}` (their streams).
    static let document = """
        <?xml version="1.0" encoding="UTF-8"?>
        <recording xmlns="urn:ietf:params:xml:ns:recording:1">
        <datamode>complete</datamode>
        <session session_id="{S}"><start-time>2026-01-01T00:00:00Z</start-time></session>
        <participant participant_id="{ann}"><nameID aor="sip:ann@example.test"><name xml:lang="en">Ann</name></nameID></participant>
        <participant participant_id="{bob}"><nameID aor="sip:bob@example.test"><name xml:lang="en">Bob</name></nameID></participant>
        <stream stream_id="{A}" session_id="{S}"><label>1</label></stream>
        <stream stream_id="{B}" session_id="{S}"><label>2</label></stream>
        <sessionrecordingassoc session_id="{S}"><associate-time>2026-01-01T00:00:00Z</associate-time></sessionrecordingassoc>
        <participantsessionassoc participant_id="{ann}" session_id="{S}"><associate-time>2026-01-01T00:00:00Z</associate-time></participantsessionassoc>
        <participantsessionassoc participant_id="{bob}" session_id="{S}"><associate-time>2026-01-01T00:00:00Z</associate-time></participantsessionassoc>
        <participantstreamassoc participant_id="{ann}"><send>{A}</send><recv>{B}</recv></participantstreamassoc>
        <participantstreamassoc participant_id="{bob}"><send>{B}</send><recv>{A}</recv></participantstreamassoc>
        </recording>
        """

    /// A document that changes nothing.
    static let update = """
        <?xml version="1.0" encoding="UTF-8"?>
        <recording xmlns="urn:ietf:params:xml:ns:recording:1"><datamode>partial</datamode></recording>
        """

    static let request = """
        <?xml version="1.0" encoding="UTF-8"?>
        <requestsnapshot xmlns="urn:ietf:params:xml:ns:recording:1"><requestreason>restart</requestreason></requestsnapshot>
        """

    // MARK: Others

    /// The same two on one plain call, without recording: Ann calls, Bob answers, either sends and receives.
    static func call() -> Scene {
        var scene = Scene()
        scene.invite = SceneMessage(
            "INVITE", at: 0, cseq: 1, description: description("192.0.2.1", ["m=audio 4000 RTP/AVP 0\na=rtpmap:0 PCMU/8000\na=sendrecv"]))
        scene.ok = SceneMessage(
            "200", at: 0.05, cseq: 1, by: .server, description: description("192.0.2.2", ["m=audio 6000 RTP/AVP 0\na=rtpmap:0 PCMU/8000\na=sendrecv"]))
        var back = bobSource
        (back.source, back.destination) = (annSource.destination, annSource.source)
        scene.bob = ScenePacket.speech(back, 0..<50, from: 0.505)
        for message in [\Scene.invite, \.ok, \.ack, \.bye, \.goodbye] { scene[keyPath: message].unmark() }
        return scene
    }

    /// Frames alone: no session.
    static func nothing() -> Scene {
        var scene = Scene()
        scene.muteSignalling()
        (scene.ann, scene.bob) = ([], [])
        return scene
    }

    /// Ann and Bob without signalling.
    static func unsignalled() -> Scene {
        var scene = Scene()
        scene.muteSignalling()
        return scene
    }

    mutating func eachMessage(_ change: (inout SceneMessage) -> Void) {
        for message in [\Scene.invite, \.ok, \.ack, \.bye, \.goodbye] { change(&self[keyPath: message]) }
        for index in others.indices { change(&others[index]) }
    }

    mutating func muteSignalling() { eachMessage { $0.isSent = false } }

    // MARK: Changes

    /// Adds a request of the recording client, or of `party`.
    mutating func request(
        _ method: String, at seconds: Double, cseq: Int, by party: SIPScript.Party = .client, headers: [String] = [], description: String? = nil,
        metadata: String? = nil
    ) {
        others.append(SceneMessage(method, at: seconds, cseq: cseq, by: party, headers: headers, description: description, metadata: metadata))
    }

    /// Adds a request of the recording client, or of `party`, and the 200 to it.
    mutating func transaction(
        _ method: String, at seconds: Double, cseq: Int, by party: SIPScript.Party = .client, headers: [String] = [], description: String? = nil,
        metadata: String? = nil, answer: String? = nil
    ) {
        request(method, at: seconds, cseq: cseq, by: party, headers: headers, description: description, metadata: metadata)
        others.append(
            SceneMessage("200", at: seconds + 0.02, cseq: cseq, method: method, by: party == .client ? .server : .client, description: answer))
    }

    /// An UPDATE of the recording client with metadata.
    mutating func update(_ metadata: String = Scene.update, at seconds: Double = 0.9, cseq: Int = 2) {
        transaction("UPDATE", at: seconds, cseq: cseq, metadata: metadata)
    }

    /// Makes the session end at `seconds`.
    mutating func end(at seconds: Double) {
        bye.seconds = seconds
        goodbye.seconds = seconds + 0.01
    }

    /// Leaves Ann alone; Bob is told of and sends nothing.
    mutating func removeBob() {
        bob = []
        invite.remove("m=audio 4002 RTP/AVP 0\na=rtpmap:0 PCMU/8000\na=sendonly\na=label:2\n")
        ok.remove("m=audio 6002 RTP/AVP 0\na=rtpmap:0 PCMU/8000\na=recvonly\n")
        invite.remove("<stream stream_id=\"{B}\" session_id=\"{S}\"><label>2</label></stream>\n")
        invite.remove("<send>{B}</send>")
        invite.remove("<recv>{B}</recv>")
        invite.remove("<recv>{A}</recv>")
    }

    /// Adds the frames of another scene.
    mutating func add(_ other: Scene) { beside.add(other.script) }

    var script: CaptureScript {
        var script = beside
        for message in [invite, ok, ack, bye, goodbye] + others where message.isSent {
            script.datagram(Int((message.seconds * 1e6).rounded()), from: message.source, to: message.destination, message.octets)
        }
        for packet in ann + bob {
            script.datagram(packet.microseconds, from: packet.source, to: packet.destination, packet.octets, identification: packet.identification)
        }
        return script
    }

    func run() async -> Reconstructed {
        await Reconstructed.run(
            write(script), options: options, surveyObserver: isInterrupted ? InterruptingObserver() : nil, output: MemoryOutput(failsAfter: outputFailsAfter))
    }
}

extension CaptureScript {
    mutating func add(_ other: CaptureScript) { for frame in other.frames { add(frame.octets, at: frame.microseconds) } }
}

/// Interrupts at once.
private final class InterruptingObserver: ReconstructionObserver {
    var isInterrupted: Bool { true }
    func progressed(_ progress: ReconstructionProgress) {}
}
