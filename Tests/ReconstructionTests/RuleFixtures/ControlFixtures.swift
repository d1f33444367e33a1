import CaptureSurvey
import Evidence
import PacketInput
import RecordingAccount
import RecordingPlan
import RecordingPlanner
import SRTPDecryption
import SRTPTestSupport
import TestSupport
import Testing

/// RTCP, contributors and keep-alives of a recording session (RFC 7866 section 8).
extension RuleFixture {
    static let control: [RuleFixture] = [
        RuleFixture(
            .rtp009, frame: 35,
            raises: {
                $0.report(.annSender(), at: 0.6)
                $0.report(.annReceiver(to: 4999), at: 0.8)
            },
            silent: {
                $0.report(.annSender(), at: 0.6)
                $0.report(.annReceiver(), at: 0.8)
            }),
        RuleFixture(
            .rtp009, "without a receiver", frame: 14, raises: { $0.report(.annSender(from: 4007), at: 0.6) },
            silent: { scene in
                scene.invite.replace("a=label:1", "a=label:1\na=rtcp:4007")
                scene.report(.annSender(from: 4007), at: 0.6)
            }),
        RuleFixture(
            .rtp010, frame: 4, raises: { $0.mix(contributor: nil) }, silent: { $0.mix(contributor: 0xB) }),
        RuleFixture(.rtp011, frame: 24, raises: { $0.ann[10].addContributor(0xC) }, silent: { $0.ann[10].addContributor(0xB) }),
        RuleFixture(
            .rtp011, "whom RTCP names", frame: 24, raises: { $0.ann[10].addContributor(0xC) },
            silent: { scene in
                scene.ann[10].addContributor(0xC)
                scene.report(Report(from: 4001, to: 6001, parts: [RTCPPart.sender(0xA), RTCPPart.name(0xC, "cy@host.test")]), at: 0.6)
            }),
        RuleFixture(
            .rtp012, frame: 14, raises: { scene in for time in [0.6, 0.8, 1.0] { scene.report(.annSender(name: nil), at: time) } },
            silent: { scene in for time in [0.6, 0.8, 1.0] { scene.report(.annSender(), at: time) } }),
        RuleFixture(
            .rtp013,
            raises: {
                $0.report(.annSender(name: "ann@host.test"), at: 0.6)
                $0.report(.annSender(name: "amy@host.test"), at: 0.8)
            },
            silent: {
                $0.report(.annSender(name: "ann@host.test"), at: 0.6)
                $0.report(.annSender(name: "ann@host.test"), at: 0.8)
            }),
        RuleFixture(
            .rtp014,
            raises: {
                $0.report(.annSender(name: "sbc@host.test"), at: 0.6)
                $0.report(.bobSender(name: "sbc@host.test"), at: 0.61)
            },
            silent: {
                $0.report(.annSender(name: "ann@host.test"), at: 0.6)
                $0.report(.bobSender(name: "bob@host.test"), at: 0.61)
            }),
        RuleFixture(
            .rtp015, raises: { $0.forward(reports: false) }, silent: { $0.forward(reports: true) }),
        RuleFixture(
            .rtp016,
            raises: { scene in
                scene.invite.replace("<send>{B}</send>", "<send>{B}</send><send>{A}</send>")
                scene.addForwardedCall()
            },
            silent: { $0.addForwardedCall() }),
        RuleFixture(
            .rtp016, "by payloads",
            raises: { scene in
                scene.useNoise()
                // Bob's words follow Ann's under her source.
                scene.ann += scene.bob.enumerated().map { number, packet in
                    var packet = packet
                    (packet.source, packet.destination, packet.ssrc) = (Scene.annSource.source, Scene.annSource.destination, 0xA)
                    packet.sequence = 1050 + UInt16(number)
                    packet.timestamp = 5000 + UInt32(50 + number) * 160
                    packet.microseconds += 1_000_000
                    return packet
                }
                scene.end(at: 4)
                scene.addForwardedCall()
            },
            silent: {
                $0.useNoise()
                $0.addForwardedCall()
            }),
        RuleFixture(.rtp017, raises: { $0.pause(seconds: 20) }, silent: { $0.pause(seconds: 12) }),
        RuleFixture(
            .rtp017, "kept alive", raises: { $0.pause(seconds: 20) },
            silent: { scene in
                scene.pause(seconds: 20)
                scene.beside.datagram(9_000_000, from: Scene.annSource.source, to: Scene.annSource.destination, [0x0D, 0x0A, 0x0D, 0x0A])
            }),
        RuleFixture(
            .rtp018,
            raises: {
                $0.report(.annReceiver(highest: 1010, lost: 0), at: 0.8)
                $0.report(.annReceiver(highest: 1045, lost: 5), at: 1.5)
            },
            silent: { scene in
                scene.ann.removeSubrange(20..<25)
                scene.report(.annReceiver(highest: 1010, lost: 0), at: 0.8)
                scene.report(.annReceiver(highest: 1045, lost: 5), at: 1.5)
            }),
        RuleFixture(
            .cap017,
            raises: { scene in
                scene.ann.removeSubrange(20..<25)
                scene.report(.annReceiver(highest: 1049, lost: 0), at: 1.6)
            },
            silent: { scene in
                scene.ann.removeSubrange(20..<25)
                scene.report(.annReceiver(highest: 1049, lost: 5), at: 1.6)
            }),
        RuleFixture(.flw004, frame: 4, raises: { $0.moveAnn(from: Scene.annSource.source, to: Socket(0xC000_0202, 6666)) }),
        RuleFixture(
            .mat015, raises: { $0.addForwardedCall(caller: "bob", callee: "ann") }, silent: { $0.addForwardedCall(caller: "ann", callee: "bob") }),
        RuleFixture(
            .mat015, "by payloads",
            raises: { scene in
                scene.useNoise()
                scene.addForwardedCall(caller: "bob", callee: "ann", isTranslated: true)
            },
            silent: { scene in
                scene.useNoise()
                scene.addForwardedCall(caller: "ann", callee: "bob", isTranslated: true)
            }),
        RuleFixture(
            .srt024, of: Scene.secured, raises: { $0.addSecuredCall(.AES_CM_128_HMAC_SHA1_80, key: 1) },
            silent: { $0.addSecuredCall(.AES_CM_128_HMAC_SHA1_80, key: 2) }),
        RuleFixture(
            .srt025, of: Scene.secured, raises: { $0.addSecuredCall(.AES_256_CM_HMAC_SHA1_80, key: 2) },
            silent: { $0.addSecuredCall(.AES_CM_128_HMAC_SHA1_80, key: 2) }),
        RuleFixture(
            .srt026, of: Scene.secured,
            raises: {
                try $0.rekey(to: 2)
                $0.ann.removeSubrange(25..<28)
            },
            silent: {
                try $0.rekey(to: 1)
                $0.ann.removeSubrange(25..<28)
            }),
    ]
}

/// Packets of RTCP.
enum RTCPPart {
    /// A sender report without blocks.
    static func sender(_ ssrc: UInt32) -> [UInt8] {
        [0x80, 200, 0, 6] + CaptureScript.be32(ssrc) + [0xE0, 0, 0, 0, 0, 0, 0, 0] + CaptureScript.be32(5000) + CaptureScript.be32(10)
            + CaptureScript.be32(1600)
    }

    /// A receiver report with one block.
    static func receiver(_ ssrc: UInt32, of source: UInt32, highest: UInt32, lost: UInt32) -> [UInt8] {
        [0x81, 201, 0, 7] + CaptureScript.be32(ssrc) + CaptureScript.be32(source) + CaptureScript.be32(lost & 0xFF_FFFF) + CaptureScript.be32(highest)
            + [UInt8](repeating: 0, count: 12)
    }

    static func name(_ ssrc: UInt32, _ name: String) -> [UInt8] {
        var body = CaptureScript.be32(ssrc) + [1, UInt8(name.utf8.count)] + Array(name.utf8) + [0]
        while body.count % 4 != 0 { body.append(0) }
        return [0x81, 202] + CaptureScript.be16(body.count / 4) + body
    }
}

/// One RTCP datagram of the scene's hosts.
struct Report: Sendable {
    var from: UInt16
    var to: UInt16
    var isByServer = false
    var parts: [[UInt8]]

    static func annSender(from port: UInt16 = 4001, name: String? = "ann@host.test") -> Report {
        Report(from: port, to: 6001, parts: [RTCPPart.sender(0xA)] + [name.map { RTCPPart.name(0xA, $0) }].compactMap(\.self))
    }

    static func bobSender(name: String) -> Report { Report(from: 4003, to: 6003, parts: [RTCPPart.sender(0xB), RTCPPart.name(0xB, name)]) }

    static func annReceiver(to port: UInt16 = 4001, highest: UInt32 = 1010, lost: UInt32 = 0) -> Report {
        Report(from: 6001, to: port, isByServer: true, parts: [RTCPPart.receiver(0xF, of: 0xA, highest: highest, lost: lost)])
    }
}

extension ScenePacket {
    /// Lists one more contributor.
    mutating func addContributor(_ ssrc: UInt32) {
        octets[0] += 1
        octets.insert(contentsOf: CaptureScript.be32(ssrc), at: 12)
    }
}

extension Scene {
    /// `client` and `server`: what the hosts' addresses end in.
    mutating func report(_ report: Report, at seconds: Double, client: UInt32 = 1, server: UInt32 = 2) {
        let (own, other) = (0xC000_0200 + (report.isByServer ? server : client), 0xC000_0200 + (report.isByServer ? client : server))
        beside.datagram(Int(seconds * 1e6), from: Socket(own, report.from), to: Socket(other, report.to), report.parts.flatMap(\.self))
    }

    /// Both speak on Ann's stream for three seconds.
    mutating func mix(contributor: UInt32?) {
        invite.replace("<send>{B}</send>", "<send>{B}</send><send>{A}</send>")
        ann = ScenePacket.speech(Self.annSource, 0..<150)
        if let contributor { for index in ann.indices { ann[index].addContributor(contributor) } }
        end(at: 4)
    }

    /// Payloads of which no two are equal, unlike those of tones.
    mutating func useNoise() {
        var random = SeededRandom(seed: 7)
        for index in ann.indices { ann[index].payload = (0..<160).map { _ in .random(in: 0...255, using: &random) } }
        for index in bob.indices { bob[index].payload = (0..<160).map { _ in .random(in: 0...255, using: &random) } }
    }

    /// The call whose packets the session forwards, between the hosts 5 and 6; `isTranslated`: under other sources and numbers.
    mutating func addForwardedCall(caller: String = "src", callee: String = "srs", isTranslated: Bool = false) {
        invite.replace("<start-time>", "<sipSessionID>\(Self.sessionID);remote=\(Self.sessionID)</sipSessionID><start-time>")
        var call = Scene.call()
        call.invite.head.append("Session-ID: \(Self.sessionID);remote=00000000000000000000000000000000")
        var back = Self.bobSource
        (back.source, back.destination) = (Self.annSource.destination, Self.annSource.source)
        call.ann = ann.filter { $0.microseconds < 1_500_000 }
        call.bob = bob.map { packet in
            var packet = packet
            (packet.source, packet.destination) = (back.source, back.destination)
            return packet
        }
        if isTranslated {
            for index in call.ann.indices { (call.ann[index].ssrc, call.ann[index].sequence) = (0xC, call.ann[index].sequence &+ 7000) }
            for index in call.bob.indices { (call.bob[index].ssrc, call.bob[index].sequence) = (0xD, call.bob[index].sequence &+ 7000) }
        }
        call.rename("talk@client.test", from: "192.0.2.5", to: "192.0.2.6")
        for message in [\Scene.invite, \.ok, \.ack, \.bye, \.goodbye] {
            let rename = call[keyPath: message].rewrite
            call[keyPath: message].rewrite = {
                rename($0).replacing("sip:src@client.test", with: "sip:\(caller)@example.test").replacing(
                    "sip:srs@server.test", with: "sip:\(callee)@example.test")
            }
        }
        call.rehost(5, 6)
        add(call)
    }

    /// Twelve seconds of a call whose sender reports, and whose media is forwarded with or without its reports.
    mutating func forward(reports: Bool) {
        ann = ScenePacket.speech(Self.annSource, 0..<600)
        bob = ScenePacket.speech(Self.bobSource, 0..<600, from: 0.505)
        end(at: 14)
        addForwardedCall()
        for time in [1.0, 6.0] {
            report(.annSender(), at: time, client: 5, server: 6)
            if reports { report(.annSender(), at: time + 0.001) }
        }
    }

    /// The recorded call, under the key of a seed: other sources than those of the session.
    mutating func addSecuredCall(_ suite: SRTPSuite, key: UInt64) {
        invite.replace("<start-time>", "<sipSessionID>\(Self.sessionID);remote=\(Self.sessionID)</sipSessionID><start-time>")
        var call = Scene.call()
        call.invite.head.append("Session-ID: \(Self.sessionID);remote=00000000000000000000000000000000")
        for (message, seed) in [(\Scene.invite, key), (\.ok, key + 20)] {
            call[keyPath: message].replace("RTP/AVP", "RTP/SAVP")
            call[keyPath: message].replace(
                "a=sendrecv", "a=sendrecv\na=crypto:1 \(suite.rawValue) inline:\(Base64.encode(keyAndSalt(suite, seed: seed)))")
        }
        for index in call.ann.indices { (call.ann[index].ssrc, call.bob[index].ssrc) = (0xC, 0xD) }
        call.rename("talk@client.test", from: "192.0.2.5", to: "192.0.2.6")
        call.rehost(5, 6)
        add(call)
    }
}
