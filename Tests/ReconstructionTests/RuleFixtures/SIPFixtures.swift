import CaptureSurvey
import Evidence
import PacketInput
import RecordingPlan
import SDPSyntax
import SIPDialogs
import SIPSyntax
import TestSupport
import Testing

/// `SIP` and `SDP`: messages and descriptions as they are written.
extension RuleFixture {
    static let sip: [RuleFixture] = [
        RuleFixture(.sip001, frame: 1) { $0.invite.length = "Content-Length: 9000" },
        RuleFixture(.sip002, frame: 1) { $0.invite.remove("CSeq: 1 INVITE") },
        RuleFixture(.sip003, frame: 3) { $0.ack.rewrite = { $0.replacing("\r\nVia", with: "\nVia") } },
        RuleFixture(.sip004, frame: 3) { $0.ack.replace("Max-Forwards: 70", "Max Forwards 70") },
        RuleFixture(.sip005, frame: 1) { $0.invite.type = "multipart/mixed;boundary=wrong" },
        RuleFixture(.sip006, frame: 1, raises: { $0.options.limits.sipHeaders = 5 }, silent: { $0.options.limits.sipHeaders = 50 }),
        RuleFixture(.sip007, frame: 1) { $0.invite.length = "Content-Length: 90" },
        RuleFixture(.sip008, frame: 1) { $0.invite.parts[1].head.append("Content-Transfer-Encoding: base64") },
        RuleFixture(.sip009, frame: 3) { $0.ack.rewrite = { String($0.prefix(120)) } },
        RuleFixture(
            .sip010, of: { Scene().carried(by: .tcp) }, frame: 5,
            raises: { $0 = Scene.lengthened(by: 40).carried(by: .tcp) }, silent: { $0 = Scene.lengthened(by: 0).carried(by: .tcp) }),
    ]

    static let descriptions: [RuleFixture] = [
        RuleFixture(.sdp001, frame: 1) { $0.invite.replace("a=rtpmap:0 PCMU/8000", "a=rtpmap:0 PCMU") },
        RuleFixture(.sdp101, frame: 1) { $0.invite.remove("a=label:2\n") },
        RuleFixture(.sdp102, frame: 1) { $0.invite.replace("a=label:2", "a=label:1") },
        RuleFixture(
            .sdp103, frame: 1, raises: { $0.invite.replace("RTP/AVP 0", "RTP/AVP 0 97") },
            silent: { $0.invite.replace("RTP/AVP 0", "RTP/AVP 0 18") }),
        RuleFixture(
            .sdp104, frame: 1, raises: { $0.invite.replace("RTP/AVP", "RTP/SAVP") },
            silent: { $0.invite.replace("RTP/AVP 0", "RTP/SAVP 0\na=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:" + Scene.key) }),
        RuleFixture(
            .sdp105, frame: 1, raises: { $0.invite.replace("RTP/AVP 0", "RTP/SAVP 0\na=crypto:1 AES_256_CM_HMAC_SHA1_80 inline:" + Scene.key) },
            silent: { $0.invite.replace("RTP/AVP 0", "RTP/SAVP 0\na=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:" + Scene.key) }),
        RuleFixture(.sdp106, frame: 1) { $0.invite.replace("sendonly", "sendrecv") },
        RuleFixture(.sdp107, frame: 2) { $0.ok.replace("recvonly", "sendrecv") },
        RuleFixture(.sdp108, frame: 2) { $0.ok.remove("m=audio 6002 RTP/AVP 0\na=rtpmap:0 PCMU/8000\na=recvonly\n") },
    ]
}

extension Scene {
    /// 30 octets: key and salt of AES_CM_128_HMAC_SHA1_80.
    static let key = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNk"

    /// The answer's Content-Length says so many octets too many, which is where the next message begins.
    static func lengthened(by count: Int) -> Scene {
        var scene = Scene()
        scene.ok.length = "Content-Length: \(scene.ok.parts[0].body.replacing("\n", with: "\r\n").utf8.count + count)"
        scene.others.append(SceneMessage("200", at: 0.06, cseq: 1, by: .server, description: Scene.answer))
        return scene
    }
}
