import CaptureSurvey
import Conformance
import Evidence
import PacketInput
import RecordingPlan
import TestSupport
import Testing

/// `REC`: recording sessions as a whole (RFC 7866).
extension RuleFixture {
    static let recordingSignalling: [RuleFixture] = [
        RuleFixture(.rec001, frame: 2) { $0.ok.remove(";+sip.srs") },
        RuleFixture(
            .rec002, frame: 44,
            raises: {
                $0.update()
                $0.others[0].remove(";+sip.src")
            },
            silent: { $0.update() }),
        RuleFixture(
            .rec003, frame: 1, raises: { $0.inviteByServer(description: Scene.answer) }, silent: { $0.inviteByServer(description: nil) }),
        RuleFixture(
            .rec004, frame: 44, raises: { $0.reinviteByServer(lines: 3) }, silent: { $0.reinviteByServer(lines: 2) }),
        RuleFixture(.rec008, frame: 1) { $0.invite.type = "multipart/alternative;boundary=b" },
        RuleFixture(
            .rec012, raises: { $0.collide(isRepeated: false) }, silent: { $0.collide(isRepeated: true) }),
        RuleFixture(
            .rec014, frame: 1, raises: { $0.invite.replace("a=label:1", "a=label:1\na=record:ON") },
            silent: { $0.invite.replace("a=label:1", "a=label:1\na=record:on") }),
        RuleFixture(.rec015, frame: 1) { $0.invite.replace("a=label:1", "a=label:1\na=record:on") },
        RuleFixture(
            .rec016, frame: 44, raises: { $0.reinvite(Scene.onlyAnn) }, silent: { $0.reinvite(Scene.offer.replacing("m=audio 4002", with: "m=audio 0")) }),
        RuleFixture(
            .rec017, frame: 44, raises: { $0.reinvite(Scene.offer.replacing("sendonly", with: "inactive"), version: 1) },
            silent: { $0.reinvite(Scene.offer.replacing("sendonly", with: "inactive"), version: 2) }),
        RuleFixture(.rec018, frame: 1) { $0.invite.replace("a=label:2", "a=label:on hold") },
        RuleFixture(
            .rec019, frame: 1, raises: { $0.secure(keys: (Scene.key, Scene.key)) }, silent: { $0.secure(keys: (Scene.key, Scene.otherKey)) }),
        RuleFixture(
            .rec020, frame: 2,
            raises: {
                $0.secure(keys: (Scene.key, Scene.otherKey))
                $0.ok.replace("a=crypto:1", "a=crypto:7")
            },
            silent: { $0.secure(keys: (Scene.key, Scene.otherKey)) }),
        RuleFixture(
            .rec021, frame: 1,
            raises: {
                $0.secure(keys: (Scene.key, Scene.otherKey))
                $0.invite.replace(Scene.key, Scene.key + " UNENCRYPTED_SRTCP")
            },
            silent: { $0.secure(keys: (Scene.key, Scene.otherKey)) }),
        RuleFixture(.rec025, raises: { $0.sendInviteAgain(times: 4) }, silent: { $0.sendInviteAgain(times: 2) }),
        RuleFixture(.rec031, frame: 1, raises: { $0.invite.head.append("Supported: siprec") }, silent: { $0.invite.head.append("Supported: timer") }),
        RuleFixture(
            .rec033, frame: 2, raises: { $0.refresh(after: 150) }, silent: { $0.refresh(after: 60) }),
        RuleFixture(.rec037, frame: 1) { $0.invite.replace("Content-Type: application/sdp", "Content-Type: text/plain") },
        RuleFixture(
            .rec038, frame: 44,
            raises: {
                $0.secure(keys: (Scene.key, Scene.otherKey))
                $0.reinvite($0.invite.parts[0].body.replacing("m=audio 4000", with: "m=audio 4010"))
            },
            silent: {
                $0.secure(keys: (Scene.key, Scene.otherKey))
                $0.reinvite($0.invite.parts[0].body.replacing("m=audio 4000", with: "m=audio 4010").replacing(Scene.key, with: Scene.thirdKey))
            }),
        RuleFixture(
            .rec039, frame: 1, raises: { $0.invite.replace("RTP/AVP 0", "RTP/AVP 0 72\na=rtcp-mux\na=rtpmap:72 opus/48000/2") },
            silent: { $0.invite.replace("RTP/AVP 0", "RTP/AVP 0 97\na=rtcp-mux\na=rtpmap:97 opus/48000/2") }),
        RuleFixture(
            .rec040, frame: 44,
            raises: {
                $0.transaction("INFO", at: 0.9, cseq: 5, by: .server)
                $0.others[0].parts = [SceneMessage.Part(head: ["Content-Type: application/media_control+xml"], body: "<media_control/>")]
            },
            silent: { $0.transaction("INFO", at: 0.9, cseq: 5, by: .server) }),
    ]

    static let recordingMetadata: [RuleFixture] = [
        RuleFixture(.rec005, raises: { $0.describeLate(at: 8) }, silent: { $0.describeLate(at: 3) }),
        RuleFixture(
            .rec006, frame: 44, raises: { $0.transaction("INFO", at: 0.9, cseq: 2, metadata: Scene.update) },
            silent: { $0.transaction("UPDATE", at: 0.9, cseq: 2, metadata: Scene.update) }),
        RuleFixture(
            .rec007, frame: 44, raises: { $0.update(Scene.document) },
            silent: { $0.transaction("UPDATE", at: 0.9, cseq: 2, description: Scene.offer, metadata: Scene.document, answer: Scene.answer) }),
        RuleFixture(
            .rec009, frame: 44,
            raises: {
                $0.requestSnapshot()
                $0.others[0].replace("UPDATE", "INFO")
                $0.others[1].replace("UPDATE", "INFO")
            },
            silent: { $0.requestSnapshot() }),
        RuleFixture(
            .rec010, frame: 44,
            raises: {
                $0.requestSnapshot()
                $0.others.removeLast(2)
            },
            silent: { $0.requestSnapshot() }),
        RuleFixture(
            .rec011, frame: 44, raises: { $0.transaction("UPDATE", at: 0.9, cseq: 5, by: .server, metadata: Scene.update) },
            silent: { $0.transaction("UPDATE", at: 0.9, cseq: 5, metadata: Scene.update) }),
        RuleFixture(
            .rec013,
            raises: {
                $0.update(at: 0.9, cseq: 3)
                $0.update(at: 1, cseq: 2)
            },
            silent: {
                $0.update(at: 0.9, cseq: 2)
                $0.update(at: 1, cseq: 3)
            }),
        RuleFixture(.rec026, frame: 1) { $0.invite.replace("<label>2</label>", "<label>9</label>") },
        RuleFixture(.rec027, frame: 1) { scene in
            scene.invite.remove("<stream stream_id=\"{B}\" session_id=\"{S}\"><label>2</label></stream>\n")
            scene.invite.remove("<send>{B}</send>")
            scene.invite.remove("<recv>{B}</recv>")
        },
        RuleFixture(.rec028, frame: 1, raises: { $0.addGroup("") }, silent: { $0.addGroup("<group-ref>{G}</group-ref>") }),
        RuleFixture(.rec029, frame: 1) {
            $0.invite.remove(
                "<participantsessionassoc participant_id=\"{bob}\" session_id=\"{S}\"><associate-time>2026-01-01T00:00:00Z</associate-time>"
                    + "</participantsessionassoc>\n"
            )
        },
        RuleFixture(
            .rec030, frame: 1,
            raises: { $0.invite.replace("</start-time>", "</start-time><stop-time>2025-12-31T23:59:00Z</stop-time>") },
            silent: { $0.invite.replace("</start-time>", "</start-time><stop-time>2026-01-01T00:01:00Z</stop-time>") }),
        RuleFixture(
            .rec032,
            raises: {
                $0.request("INVITE", at: 1.7, cseq: 2, description: Scene.offer)
                $0.update(at: 1.75, cseq: 3)
                $0.others.append(SceneMessage("200", at: 1.8, cseq: 2, by: .server, description: Scene.answer))
            },
            silent: {
                $0.request("INVITE", at: 1.7, cseq: 2, description: Scene.offer)
                $0.others.append(SceneMessage("200", at: 1.74, cseq: 2, by: .server, description: Scene.answer))
                $0.update(at: 1.75, cseq: 3)
            }),
        RuleFixture(.rec036, frame: 1) { $0.ok.replace("m=audio 6002", "m=audio 0") },
    ]

    static let recordingMedia: [RuleFixture] = [
        RuleFixture(.rec022, frame: 4) { scene in for index in scene.ann.indices { scene.ann[index].source = Socket(0xC000_0201, 4444) } },
        RuleFixture(
            .rec023, frame: 4, raises: { $0.ok.replace("a=recvonly", "a=recvonly\na=ptime:30") },
            silent: { $0.ok.replace("a=recvonly", "a=recvonly\na=ptime:20") }),
        RuleFixture(.rec024, frame: 5, raises: { $0.speakLate(by: 4) }, silent: { $0.speakLate(by: 1) }),
        RuleFixture(
            .rec034, raises: { $0.stop(answer: Scene.answer.replacing("recvonly", with: "inactive")) }, silent: { $0.stop(answer: Scene.answer) }),
        RuleFixture(
            .rec035, raises: { $0.stop(answer: Scene.answer.replacing("m=audio 6002", with: "m=audio 0"), hasNewSources: false) },
            silent: { $0.stop(answer: Scene.answer, hasNewSources: false) }),
    ]
}

extension Scene {
    /// Other keys of the same form as `key`.
    static let otherKey = key.replacing("MDEy", with: "OTg3")
    static let thirdKey = key.replacing("MDEy", with: "NTU1")

    /// The offer without Bob's line.
    static let onlyAnn = offer.replacing("m=audio 4002 RTP/AVP 0\na=rtpmap:0 PCMU/8000\na=sendonly\na=label:2\n", with: "")

    mutating func reinvite(_ description: String, version: Int = 2) {
        let offer = description.replacing("o=- 1 1 IN", with: "o=- 1 \(version) IN")
        transaction("INVITE", at: 0.9, cseq: 2, description: offer, answer: Scene.answer.replacing("o=- 1 1 IN", with: "o=- 1 2 IN"))
        others.append(SceneMessage("ACK", at: 0.95, cseq: 2))
    }

    mutating func reinviteByServer(lines: Int) {
        let more = (2..<max(lines, 2)).map { "m=audio \(6000 + 2 * $0) RTP/AVP 0\na=rtpmap:0 PCMU/8000\na=recvonly\n" }.joined()
        transaction("INVITE", at: 0.9, cseq: 5, by: .server, description: Scene.answer.replacing("o=- 1 1 IN", with: "o=- 1 2 IN") + more, answer: Scene.offer)
    }

    /// SDES on either line, with a key for each; the server's keys are others.
    mutating func secure(keys: (String, String)) {
        invite.replace("RTP/AVP 0", "RTP/SAVP 0")
        ok.replace("RTP/AVP 0", "RTP/SAVP 0")
        for (index, key) in [keys.0, keys.1].enumerated() {
            invite.replace("a=label:\(index + 1)", "a=label:\(index + 1)\na=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:\(key)")
        }
        for (index, key) in ["QUFB", "QkJC"].enumerated() {
            let mine = Scene.key.replacing("MDEy", with: key)
            ok.replace(
                "m=audio \(6000 + 2 * index) RTP/SAVP 0", "m=audio \(6000 + 2 * index) RTP/SAVP 0\na=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:\(mine)")
        }
    }

    /// An UPDATE is refused because the other side has an offer open.
    mutating func collide(isRepeated: Bool) {
        request("UPDATE", at: 0.9, cseq: 2, metadata: Scene.update)
        var refusal = SceneMessage("491", at: 0.92, cseq: 2, method: "UPDATE", by: .server)
        refusal.replace("491 OK", "491 Request Pending")
        others.append(refusal)
        // A BYE repeats everything.
        bye.isSent = false
        goodbye.isSent = false
        if isRepeated { update(at: 1.2, cseq: 3) }
    }

    mutating func sendInviteAgain(times: Int) {
        for time in 0..<times {
            var again = invite
            again.seconds = Double(time + 1)
            others.append(again)
        }
        ok.seconds = 6
        ack.seconds = 6.1
        for index in ann.indices {
            ann[index].microseconds += 6_000_000
            bob[index].microseconds += 6_000_000
        }
        end(at: 8)
    }

    /// An interval of 90 s, refreshed by an UPDATE after so many seconds.
    mutating func refresh(after seconds: Double) {
        ok.head.append("Session-Expires: 90;refresher=uac")
        if seconds < 90 {
            transaction("UPDATE", at: seconds, cseq: 2)
            others[1].head.append("Session-Expires: 90;refresher=uac")
        }
        end(at: 140)
    }

    /// The metadata come in an UPDATE.
    mutating func describeLate(at seconds: Double) {
        invite.parts.removeLast()
        transaction("UPDATE", at: seconds, cseq: 2, description: Scene.offer, metadata: Scene.document, answer: Scene.answer)
        end(at: 10)
    }

    mutating func speakLate(by seconds: Double) {
        for index in ann.indices { ann[index].microseconds += Int(seconds * 1e6) }
        bob = ScenePacket.speech(Self.bobSource, 0..<1)
        end(at: 8)
    }

    /// A re-INVITE with this answer; two seconds later Ann and Bob go on, from new sources or not.
    mutating func stop(answer: String, hasNewSources: Bool = true) {
        transaction("INVITE", at: 1.6, cseq: 2, description: Scene.offer, answer: answer)
        var (first, second) = (Self.annSource, Self.bobSource)
        if hasNewSources { (first.ssrc, second.ssrc) = (0xC, 0xD) }
        ann += ScenePacket.speech(first, 175..<225)
        bob += ScenePacket.speech(second, 175..<225)
        end(at: 6)
    }

    /// The recording server calls, and the client offers in its answer.
    mutating func inviteByServer(description: String?) {
        invite = SceneMessage("INVITE", at: 0, cseq: 1, by: .server, headers: ["Require: siprec"], description: description)
        ok = SceneMessage("200", at: 0.05, cseq: 1, by: .client, description: Scene.offer, metadata: Scene.document)
        ack = SceneMessage("ACK", at: 0.1, cseq: 1, by: .server, description: description == nil ? Scene.answer : nil)
        bye = SceneMessage("BYE", at: 2, cseq: 9, by: .server)
        goodbye = SceneMessage("200", at: 2.01, cseq: 9, method: "BYE", by: .client)
    }
}
