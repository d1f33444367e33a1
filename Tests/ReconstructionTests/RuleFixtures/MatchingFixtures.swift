import CaptureSurvey
import Evidence
import PacketInput
import RecordingAccount
import RecordingPlan
import RecordingPlanner
import RecordingRecords
import RecordingRender
import TestSupport
import Testing

/// `MAT`, `FLW`, `OUT`: from flows to recordings, and on to files.
extension RuleFixture {
    static let matching: [RuleFixture] = [
        RuleFixture(
            .mat001, frame: 4,
            raises: { $0.moveAnn(from: Socket(0x0A00_0009, 4444), to: Socket(0x0A00_0008, 6000)) },
            silent: { $0.moveAnn(from: Socket(0x0A00_0009, 4444), to: Socket(0xC000_0202, 6000)) }),
        RuleFixture(
            .mat002, frame: 7, raises: { $0.add(.another(ports: 4000, 6000)) }, silent: { $0.add(.another(ports: 4400, 6400)) }),
        // Ann's packets, before and behind a translator of addresses.
        RuleFixture(
            .mat003, frame: 5,
            raises: { scene in scene.ann += scene.ann.map { $0.translated } },
            silent: { scene in for index in 25..<50 { scene.ann[index] = scene.ann[index].translated } }),
        RuleFixture(.mat004) { $0.invite.parts.removeLast() },
        RuleFixture(.mat005, frame: 1) { $0.invite.replace("<label>2</label>", "<label>02</label>") },
        RuleFixture(.mat006, frame: 1) { $0.invite.replace("<send>{B}</send>", "<send>{B}</send><send>{A}</send>") },
        RuleFixture(
            .mat007, raises: { $0.addStray(at: 1) }, silent: { $0.addStray(at: 1.6) }),
        RuleFixture(
            .mat008, raises: { $0.talkAgain(pause: 3) }, silent: { $0.talkAgain(pause: 0.5) }),
        RuleFixture(
            .mat009, raises: { $0.addRecordedCall(identifier: Scene.sessionID) }, silent: { $0.addRecordedCall(identifier: Scene.otherSessionID) }),
        RuleFixture(.mat010, frame: 1) { scene in
            scene.invite.replace("a=label:2", "a=label:1")
            scene.invite.replace("<label>2</label>", "<label>1</label>")
        },
        RuleFixture(.mat011, frame: 4) { scene in
            scene.invite.parts.removeFirst()
            scene.ok.parts = []
        },
        RuleFixture(
            .mat012, raises: { $0.addRecorder(ssrc: 0xA) }, silent: { $0.addRecorder(ssrc: 0xC) }),
        RuleFixture(
            .mat013, of: Scene.call, raises: { $0.addHop(identifier: Scene.sessionID) }, silent: { $0.addHop(identifier: Scene.otherSessionID) }),
        RuleFixture(
            .mat041, of: Scene.call, raises: { $0.addHop(identifier: Scene.sessionID, otherFrom: 35) },
            silent: { $0.addHop(identifier: Scene.sessionID) }),
        RuleFixture(
            .mat031, frame: 1,
            raises: { $0.name(sources: "sip:bob@example.test") }, silent: { $0.name(sources: "sip:ann@example.test") }),
        RuleFixture(.mat030, of: Scene.call, raises: { $0.addFax(isAnswered: true) }, silent: { $0.addFax(isAnswered: false) }),
        RuleFixture(.mat014) {
            $0.invite.isSent = false
            $0.ok.isSent = false
            $0.ack.isSent = false
        },
        // H.264 in fragments, three packets a picture.
        RuleFixture(
            .mat040, of: Scene.unsignalled, frame: 1,
            raises: { scene in
                for index in scene.ann.indices {
                    scene.ann[index].payloadType = 97
                    scene.ann[index].timestamp = UInt32(index / 3) * 5400
                    scene.ann[index].payload = [0x7C, 0x01] + scene.ann[index].payload
                }
            },
            silent: { scene in for index in scene.ann.indices { scene.ann[index].payload = [0x7C, 0x01] + scene.ann[index].payload } }),
        RuleFixture(.flw001) { $0.bob = [] },
        RuleFixture(
            .flw002, frame: 4,
            raises: {
                $0.pause(seconds: 2); $0.end(at: 1.6)
            }, silent: { $0.pause(seconds: 2) }),
        RuleFixture(.flw003, frame: 1, raises: { $0.muteSignalling() }),
    ]

    static let output: [RuleFixture] = [
        RuleFixture(.out001, raises: { $0.outputFailsAfter = 0 }, silent: { $0.outputFailsAfter = 1 }),
        RuleFixture(.out003) { $0.isInterrupted = true },
        RuleFixture(
            .out004,
            raises: { scene in
                scene.options.mix = .stereo
                scene.options.mixChannels = ["Zoe"]
            },
            silent: { scene in
                scene.options.mix = .stereo
                scene.options.mixChannels = ["Ann"]
            }),
    ]
}

extension Scene {
    static let sessionID = "0123456789abcdef0123456789abcdef"
    static let otherSessionID = "fedcba9876543210fedcba9876543210"

    mutating func moveAnn(from source: Socket, to destination: Socket) {
        for index in ann.indices { (ann[index].source, ann[index].destination) = (source, destination) }
    }

    /// Every message of another dialog, between the same or other hosts.
    mutating func rename(_ callID: String, from source: String = "192.0.2.1", to destination: String = "192.0.2.2") {
        eachMessage {
            $0.rewrite = {
                $0.replacing("call-1@client.test", with: callID).replacing("tag=c", with: "tag=c" + callID).replacing("tag=s", with: "tag=s" + callID)
                    .replacing("branch=z9hG4bK", with: "branch=z9hG4bK" + callID).replacing("192.0.2.1", with: source)
                    .replacing("192.0.2.2", with: destination)
            }
        }
    }

    private static func isClients(_ socket: Socket) -> Bool { socket.address == 0xC000_0201 }

    /// Moves signalling and media to other hosts, whose addresses end in these numbers.
    mutating func rehost(_ client: UInt32, _ server: UInt32) {
        func moved(_ socket: Socket) -> Socket { Socket(0xC000_0200 + (Self.isClients(socket) ? client : server), socket.port) }
        eachMessage { ($0.source, $0.destination) = (moved($0.source), moved($0.destination)) }
        for index in ann.indices { (ann[index].source, ann[index].destination) = (moved(ann[index].source), moved(ann[index].destination)) }
        for index in bob.indices { (bob[index].source, bob[index].destination) = (moved(bob[index].source), moved(bob[index].destination)) }
    }

    /// Another plain call of the same hosts, without media, that announces these ports.
    static func another(ports client: UInt16, _ server: UInt16) -> Scene {
        var scene = Scene.call()
        (scene.ann, scene.bob) = ([], [])
        scene.invite.replace("m=audio 4000", "m=audio \(client)")
        scene.ok.replace("m=audio 6000", "m=audio \(server)")
        scene.rename("talk-2@client.test")
        for (message, seconds) in [(\Scene.invite, 0.2), (\.ok, 0.25), (\.ack, 0.3)] { scene[keyPath: message].seconds = seconds }
        return scene
    }

    /// Five packets of a source that nobody knows, beside Ann's.
    mutating func addStray(at seconds: Double) {
        var source = Self.annSource
        source.ssrc = 0xDEAD
        ann += ScenePacket.speech(source, 0..<5, from: seconds)
    }

    /// The communication session is over after a second; another begins after the pause, on the same streams.
    mutating func talkAgain(pause: Double) {
        ann = ScenePacket.speech(Self.annSource, 0..<300)
        bob = ScenePacket.speech(Self.bobSource, 0..<300, from: 0.505)
        let empty = Scene.update.replacing("partial", with: "complete")
        update(empty, at: 1.5, cseq: 2)
        let second = Scene.document.replacing("{S}", with: "{S2}").replacing("{ann}", with: "{cy}").replacing("{A}", with: "{C}")
        transaction("UPDATE", at: 1.5 + pause, cseq: 3, description: Scene.offer, metadata: second, answer: Scene.answer)
        end(at: 7)
    }

    /// The call that the session records is in the capture, too; `identifier` is its Session-ID.
    mutating func addRecordedCall(identifier: String) {
        invite.replace("<start-time>", "<sipSessionID>\(Self.sessionID);remote=\(Self.sessionID)</sipSessionID><start-time>")
        var call = Scene.call()
        call.invite.head.append("Session-ID: \(identifier);remote=00000000000000000000000000000000")
        for index in call.ann.indices { (call.ann[index].ssrc, call.bob[index].ssrc) = (0xC, 0xD) }
        call.rename("talk@client.test", from: "192.0.2.5", to: "192.0.2.6")
        call.rehost(5, 6)
        add(call)
    }

    /// The same client delivers the same media to a second recorder, under the same or another SSRC.
    mutating func addRecorder(ssrc: UInt32) {
        var other = Scene()
        for index in other.ann.indices {
            other.ann[index].ssrc = ssrc
            if ssrc != 0xA { other.ann[index].sequence &+= 20_000 }
        }
        other.bob = []
        other.rename("copy@client.test", to: "192.0.2.3")
        other.rehost(1, 3)
        add(other)
    }

    /// The call's next hop, whose media a back-to-back user agent relays.
    mutating func addHop(identifier: String, otherFrom: Int = .max) {
        invite.head.append("Session-ID: \(Self.sessionID);remote=\(Self.otherSessionID)")
        var hop = Scene.call()
        let remote = identifier == Self.sessionID ? Self.otherSessionID : Self.otherSessionID.replacing("fed", with: "abc")
        hop.invite.head.append("Session-ID: \(identifier);remote=\(remote)")
        for index in hop.ann.indices { (hop.ann[index].ssrc, hop.bob[index].ssrc) = (0xC, 0xD) }
        // A call of its own has words of its own.
        if identifier != Self.sessionID { for index in hop.ann.indices { hop.ann[index].payload.reverse(); hop.bob[index].payload.reverse() } }
        for index in hop.ann.indices where index >= otherFrom { hop.ann[index].payload.reverse() }
        hop.rename("hop@client.test", from: "192.0.2.2", to: "192.0.2.3")
        hop.rehost(2, 3)
        add(hop)
    }
}

extension ScenePacket {
    /// As seen behind a translator of addresses.
    fileprivate var translated: ScenePacket {
        var packet = later(by: 400)
        packet.source = Socket(0xCB00_7105, 50_000)
        return packet
    }
}
