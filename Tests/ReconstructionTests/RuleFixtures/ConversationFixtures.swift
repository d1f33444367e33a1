import CaptureSurvey
import Conformance
import Evidence
import PacketInput
import RecordingPlan
import TestSupport
import Testing

/// `REC`: a recording session beside the communication session that it carries, and beside other recording sessions.
extension RuleFixture {
    static let conversationProtection: [RuleFixture] = [
        RuleFixture(.rec043, frame: 2, raises: { $0.deliver { $0.invite.replace("INVITE sip:", "INVITE sips:") } }, silent: { $0.deliver() }),
        RuleFixture(.rec044, frame: 2, raises: { $0.deliver { $0.protect() } }, silent: { $0.deliver() }),
    ]

    static let conversationIndications: [RuleFixture] = [
        RuleFixture(
            .rec045, frame: 1, raises: { $0.deliver { $0.ok.head.append("Supported: record-aware") } },
            silent: {
                $0.deliver {
                    $0.ok.head.append("Supported: timer, record-aware")
                    $0.invite.replace("a=sendrecv", "a=sendrecv\na=record:on")
                }
            }),
        RuleFixture(.rec046, frame: 1, raises: { $0.deliver() }, silent: { $0.deliver { $0.tell("on") } }),
        RuleFixture(
            .rec047, frame: 3, raises: { $0.deliver { $0.ok.replace("a=sendrecv", "a=sendrecv\na=recordpref:on") } },
            silent: {
                $0.deliver {
                    $0.ok.replace("a=sendrecv", "a=sendrecv\na=recordpref:on")
                    $0.ok.head.append("Supported: record-aware")
                }
            }),
        RuleFixture(
            .rec048, frame: 313,
            raises: {
                $0.deliver { $0.tell("on") }
                $0.pauseRecording(at: 2)
            },
            silent: {
                $0.deliver {
                    $0.tell("on")
                    $0.renegotiate(at: 3, "a=record:paused", "a=record:paused")
                }
                $0.pauseRecording(at: 2)
            }),
        RuleFixture(
            .rec049, frame: 207,
            raises: {
                $0.deliver {
                    $0.tell("on")
                    $0.renegotiate(at: 1.5, "a=recordpref:pause", "a=record:on")
                }
                $0.pauseRecording(at: 2)
            },
            silent: {
                $0.deliver {
                    $0.tell("on")
                    $0.renegotiate(at: 1.5, "a=recordpref:pause", "a=record:paused")
                }
                $0.pauseRecording(at: 2)
            }),
        RuleFixture(
            .rec050, frame: 5,
            raises: {
                $0.deliver { $0.tell("on") }
                $0.deliver(hop: 7)
            },
            silent: {
                $0.deliver { $0.tell("on") }
                $0.deliver(hop: 7) { $0.tell("on") }
            }),
        RuleFixture(
            .rec051, frame: 1, raises: { $0.deliver { $0.invite.replace("a=sendrecv", "a=sendrecv\na=recordpref:off") } },
            silent: { $0.deliver { $0.invite.replace("a=sendrecv", "a=sendrecv\na=recordpref:nopreference") } }),
    ]

    static let conversationFlow: [RuleFixture] = [
        RuleFixture(
            .rec041, frame: 78,
            raises: {
                $0.updateAfterSnapshot(of: Scene.document.replacing("<participant participant_id=\"{bob}\">", with: "<participant participant_id=\"{cy}\">"))
            },
            silent: { $0.updateAfterSnapshot(of: Scene.document) }),
        RuleFixture(
            .rec042, frame: 47,
            raises: {
                $0.requestSnapshot()
                $0.others[1].parts = SceneMessage("UPDATE", at: 0, cseq: 1, metadata: Scene.update).parts
            },
            silent: { $0.requestSnapshot() }),
        RuleFixture(
            .rec052, frame: 47,
            raises: {
                $0.pauseRecording(at: 0.9)
                $0.ann = ScenePacket.speech(Scene.annSource, 0..<200)
                $0.end(at: 6)
            },
            silent: {
                $0.pauseRecording(at: 0.9)
                // One packet keeps the binding open.
                $0.ann += ScenePacket.speech(Scene.annSource, 150..<151)
                $0.end(at: 6)
            }),
        RuleFixture(
            .rec053, frame: 1, raises: { _ in },
            silent: {
                $0.invite.replace("RTP/AVP 0", "RTP/AVPF 0")
                $0.ok.replace("RTP/AVP 0", "RTP/AVPF 0")
            }),
        RuleFixture(
            .rec054, frame: 1, raises: { $0.invite.replace("a=label:1", "a=label:1\na=content:stage") },
            silent: { $0.invite.replace("a=label:1", "a=label:1\na=content:main") }),
        RuleFixture(.rec055, frame: 307, raises: { $0.hold(isTold: false) }, silent: { $0.hold(isTold: true) }),
        RuleFixture(.rec056, frame: 307, raises: { $0.hold(isTold: false) }, silent: { $0.hold(isTold: true) }),
        RuleFixture(
            .rec057, frame: 507, raises: { $0.deliver { $0.end(at: 3) } },
            silent: {
                $0.deliver { $0.end(at: 3) }
                $0.update(Scene.update.replacing("</recording>", with: Scene.stopped + "</recording>"), at: 3.5)
            }),
        RuleFixture(.rec058, frame: 208, raises: { $0.deliver(delay: 2) }, silent: { $0.deliver(delay: 0.5) }),
        RuleFixture(
            .rec059, frame: 1406,
            raises: {
                $0.deliver { call in
                    call.ann.removeLast(100)
                    call.bob.removeLast(100)
                }
            },
            silent: { $0.deliver { $0.ann.removeLast(100) } }),
        RuleFixture(.rec060, frame: 4, raises: { $0.recordAgain(after: 0.5, session: "{S}") }, silent: { $0.recordAgain(after: 0.5, session: "{S2}") }),
        RuleFixture(.rec061, frame: 106, raises: { $0.recordAgain(after: 4, session: "{S}") }, silent: { $0.recordAgain(after: 4, session: "{S2}") }),
    ]
}

extension Scene {
    static let stopped = "<session session_id=\"{S}\"><stop-time>2026-01-01T00:00:03Z</stop-time></session>"

    /// The call that the session records is in the capture, too, and both go on for nine seconds. The call can be changed first.
    mutating func deliver(delay: Double = 0, _ change: (inout Scene) -> Void = { _ in }) {
        invite.replace("<start-time>", "<sipSessionID>\(Self.sessionID);remote=\(Self.otherSessionID)</sipSessionID><start-time>")
        ann = ScenePacket.speech(Self.annSource, 0..<400, from: 0.5 + delay)
        bob = ScenePacket.speech(Self.bobSource, 0..<400, from: 0.505 + delay)
        end(at: 9)
        deliver(hop: 5, change)
    }

    /// One hop of the call, between hosts whose addresses end in `hop` and the number after it.
    mutating func deliver(hop: UInt32, _ change: (inout Scene) -> Void = { _ in }) {
        var call = Scene.call()
        call.invite.head.append("Session-ID: \(Self.sessionID);remote=\(Self.otherSessionID)")
        var (there, back) = (Self.annSource, Self.bobSource)
        (there.ssrc, back.ssrc) = (0x100 + hop, 0x200 + hop)
        (back.source, back.destination) = (there.destination, there.source)
        call.ann = ScenePacket.speech(there, 0..<400)
        call.bob = ScenePacket.speech(back, 0..<400, from: 0.505)
        call.end(at: 9)
        change(&call)
        call.rename("talk-\(hop)@client.test", from: "192.0.2.\(hop)", to: "192.0.2.\(hop + 1)")
        call.rehost(hop, hop + 1)
        call.eachMessage { message in
            let rewrite = message.rewrite
            message.unmark()
            message.rewrite = {
                rewrite($0).replacing("sip:src@client.test", with: "sip:ann@example.test").replacing("sip:srs@server.test", with: "sip:bob@example.test")
            }
        }
        add(call)
    }

    /// SDES in a plain call.
    mutating func protect() {
        for (message, key) in [(\Scene.invite, Scene.key), (\.ok, Scene.otherKey)] {
            self[keyPath: message].replace("RTP/AVP 0", "RTP/SAVP 0")
            self[keyPath: message].replace("a=sendrecv", "a=sendrecv\na=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:\(key)")
        }
    }

    /// Both parties of a plain call are told.
    mutating func tell(_ state: String) {
        invite.replace("a=sendrecv", "a=sendrecv\na=record:\(state)")
        ok.replace("a=sendrecv", "a=sendrecv\na=record:\(state)")
    }

    /// A re-INVITE of the caller of a plain call, with a line more in offer and answer.
    mutating func renegotiate(at seconds: Double, _ offered: String, _ answered: String) {
        func again(_ body: String, _ line: String) -> String { body.replacing("a=record:on\n", with: "") + line + "\n" }
        transaction(
            "INVITE", at: seconds, cseq: 2, description: again(invite.parts[0].body, offered), answer: again(ok.parts[0].body, answered))
        others.append(SceneMessage("ACK", at: seconds + 0.05, cseq: 2))
    }

    /// The recording client makes both lines inactive.
    mutating func pauseRecording(at seconds: Double) {
        let offer = Scene.offer.replacing("sendonly", with: "inactive").replacing("o=- 1 1 IN", with: "o=- 1 2 IN")
        let answer = Scene.answer.replacing("recvonly", with: "inactive").replacing("o=- 1 1 IN", with: "o=- 1 2 IN")
        transaction("INVITE", at: seconds, cseq: 2, description: offer, answer: answer)
        others.append(SceneMessage("ACK", at: seconds + 0.05, cseq: 2))
    }

    /// Ann puts Bob on hold in the call.
    mutating func hold(isTold: Bool) {
        deliver { call in
            let offer = call.invite.parts[0].body.replacing("sendrecv", with: "sendonly")
            call.transaction("INVITE", at: 2, cseq: 2, description: offer, answer: call.ok.parts[0].body.replacing("sendrecv", with: "recvonly"))
            call.others.append(SceneMessage("ACK", at: 2.05, cseq: 2))
            call.bob.removeLast(300)
        }
        let held = """
            <participantstreamassoc participant_id="{ann}"><send>{A}</send></participantstreamassoc>
            <participantstreamassoc participant_id="{bob}"><recv>{A}</recv></participantstreamassoc>
            """
        if isTold { update(Scene.update.replacing("</recording>", with: held + "</recording>"), at: 2.5) }
    }

    /// The server asks for a snapshot, gets this one, and then an update that speaks of Bob.
    mutating func updateAfterSnapshot(of document: String) {
        transaction("UPDATE", at: 0.7, cseq: 5, by: .server, metadata: Scene.request)
        transaction("UPDATE", at: 0.8, cseq: 2, description: Scene.offer, metadata: document, answer: Scene.answer)
        let change = "<participantstreamassoc participant_id=\"{bob}\"><send>{B}</send></participantstreamassoc>"
        update(Scene.update.replacing("</recording>", with: change + "</recording>"), at: 1.2, cseq: 3)
    }

    /// A second recorder, with the same or another communication session.
    mutating func recordAgain(after seconds: Double, session: String) {
        var other = Scene()
        if session != "{S}" { other.invite.replace("{S}", session) }
        other.ann = []
        other.bob = ScenePacket.speech(Self.bobSource, 0..<50, from: 0.505 + seconds)
        for index in other.bob.indices { other.bob[index].ssrc = 0xC }
        other.eachMessage { $0.seconds += seconds }
        other.rename("again@client.test", to: "192.0.2.3")
        other.rehost(1, 3)
        add(other)
    }
}
