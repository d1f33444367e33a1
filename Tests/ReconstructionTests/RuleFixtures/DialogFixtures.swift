import CaptureSurvey
import Evidence
import PacketInput
import RecordingPlan
import SIPDialogs
import TestSupport
import Testing

/// `DLG`: the dialog of the recording session.
extension RuleFixture {
    static let dialogs: [RuleFixture] = [
        RuleFixture(.dlg001, frame: 1) { $0.invite.remove("Require: siprec") },
        RuleFixture(.dlg002, frame: 2) { $0.ok.replace("200 OK", "486 Busy Here") },
        RuleFixture(.dlg003) { scene in
            scene.bye.isSent = false
            scene.goodbye.isSent = false
        },
        RuleFixture(.dlg004, frame: 1) { $0.startInTheMiddle() },
        RuleFixture(.dlg005) { $0.invite.parts.removeLast() },
        RuleFixture(.dlg006, frame: 1) { $0.invite.remove("Content-Disposition: recording-session") },
        RuleFixture(.dlg007, frame: 1) { $0.invite.replace("application/rs-metadata+xml", "application/rs-metadata") },
        // Without metadata there is none in clear text; over TLS, TLSKeyTests reads one.
        RuleFixture(.dlg008, frame: 1, raises: { _ in }, silent: { $0.invite.parts.removeLast() }),
        RuleFixture(
            .dlg009, raises: { $0.request("INVITE", at: 1.8, cseq: 2, description: Scene.offer.replacing("1 1 IN", with: "1 2 IN")) },
            silent: { $0.transaction("INVITE", at: 1.8, cseq: 2, description: Scene.offer, answer: Scene.answer) }),
        RuleFixture(
            .dlg010, frame: 3, raises: { $0.options.limits.messagesPerDialog = 2 }, silent: { $0.options.limits.messagesPerDialog = 9 }),
        RuleFixture(
            .dlg011, frame: 1, raises: { $0.invite.replace("application/rs-metadata+xml", "text/xml") },
            silent: { $0.invite.replace("application/rs-metadata+xml", "application/rs-metadata") }),
        RuleFixture(
            .dlg030, of: { Scene().carried(by: .tcp) }, raises: { $0 = Scene.beheaded(keeping: 600).carried(by: .tcp) },
            silent: { $0 = Scene.beheaded(keeping: 12).carried(by: .tcp) }),
    ]
}

extension Scene {
    /// The capture has only the last octets of the INVITE.
    static func beheaded(keeping count: Int) -> Scene {
        var scene = Scene()
        scene.invite.rewrite = { String($0.suffix(count)) }
        return scene
    }

    /// The capture begins with a re-INVITE.
    mutating func startInTheMiddle() {
        ok.isSent = false
        ack.isSent = false
        invite = SceneMessage("INVITE", at: 0, cseq: 7, headers: ["Require: siprec"], description: Scene.offer, metadata: Scene.document)
        others.append(SceneMessage("200", at: 0.05, cseq: 7, by: .server, description: Scene.answer))
    }
}
