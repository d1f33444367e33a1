import CaptureSurvey
import Evidence
import PacketInput
import RecordingMetadata
import RecordingPlan
import RecordingPlanner
import TestSupport
import Testing

/// `MET`: the documents.
extension RuleFixture {
    static let metadataDocuments: [RuleFixture] = [
        RuleFixture(.met001, frame: 1) { $0.invite.remove("</recording>") },
        RuleFixture(.met002, frame: 1) { $0.invite.replace("urn:ietf:params:xml:ns:recording:1", "urn:ietf:params:xml:ns:recording") },
        RuleFixture(.met003, frame: 1) { scene in
            scene.invite.replace("<recording ", "<record ")
            scene.invite.replace("</recording>", "</record>")
        },
        RuleFixture(.met004, frame: 1) { $0.invite.replace("<datamode>complete", "<datamode>whole") },
        RuleFixture(.met005, frame: 1) { $0.invite.replace(" stream_id=\"{B}\"", "") },
        RuleFixture(.met006, frame: 1) { $0.invite.replace("{B}", "stream-2") },
        RuleFixture(.met007, frame: 1) { $0.invite.replace("<recv>{B}</recv>", "<recv>{C}</recv>") },
        RuleFixture(.met008, frame: 1) { $0.invite.remove("<nameID aor=\"sip:bob@example.test\"><name xml:lang=\"en\">Bob</name></nameID>") },
        RuleFixture(.met009, frame: 1) { $0.invite.replace("<start-time>2026-01-01T00:00:00Z", "<start-time>2026-01-01T00:00:00") },
        RuleFixture(.met010, frame: 1) { scene in
            let stream = "<stream stream_id=\"{B}\" session_id=\"{S}\"><label>2</label></stream>\n"
            scene.invite.remove(stream)
            scene.invite.replace("</recording>", stream + "</recording>")
        },
        RuleFixture(.met011, frame: 1) { $0.invite.remove("<label>2</label>") },
        RuleFixture(.met012, frame: 1) { $0.invite.replace("<recording ", "<!DOCTYPE recording [<!ENTITY a \"b\">]><recording ") },
        RuleFixture(
            .met013, frame: 1, raises: { $0.options.limits.metadataElements = 10 }, silent: { $0.options.limits.metadataElements = 100 }),
        RuleFixture(.met014, frame: 1) { $0.invite.replace("<datamode>complete", "<datamode>partial") },
        RuleFixture(.met015, frame: 1) { $0.invite.replace("participant_id=\"{bob}\"", "participant_id=\"{B}\"") },
        RuleFixture(.met016, frame: 1) { $0.invite.replace("sip:bob@example.test", "sip:anonymous@anonymous.invalid") },
        RuleFixture(.met017, frame: 1) { scene in
            scene.invite.remove("<participantstreamassoc participant_id=\"{ann}\"><send>{A}</send><recv>{B}</recv></participantstreamassoc>\n")
            scene.invite.remove("<participantstreamassoc participant_id=\"{bob}\"><send>{B}</send><recv>{A}</recv></participantstreamassoc>\n")
        },
        // The dummy of Avaya's session border controller.
        RuleFixture(.met018, frame: 1) { $0.invite.replace("sip:bob@example.test", "sip:asbce@asbce.com") },
        RuleFixture(.met019, of: mixed, frame: 1, raises: { $0.invite.replace("{bob}\"><send>{A}</send>", "{bob}\"><send>{C}</send>") }),
        RuleFixture(
            .met020, frame: 1, raises: { $0.invite.replace("<start-time>2026-01-01", "<start-time>1970-01-01") },
            silent: { $0.invite.replace("<start-time>2026-01-01", "<start-time>2025-12-31") }),
    ]

    /// Both on one stream, as a mixer sends them.
    private static let mixed: @Sendable () -> Scene = {
        var scene = Scene()
        scene.removeBob()
        scene.invite.replace("<label>1</label>", "<label>1</label><mode>mixed</mode>")
        scene.invite.replace("<participantstreamassoc participant_id=\"{bob}\">", "<participantstreamassoc participant_id=\"{bob}\"><send>{A}</send>")
        return scene
    }

    static let metadataStructure: [RuleFixture] = [
        RuleFixture(
            .met049, frame: 1, raises: { $0.invite.replace("rs-metadata+xml", "rs-metadata+xml;charset=iso-8859-1") },
            silent: { $0.invite.replace("rs-metadata+xml", "rs-metadata+xml; charset=\"UTF-8\"") }),
        RuleFixture(.met047, frame: 1) { $0.invite.replace("<datamode>complete", "<datamode>Complete") },
        RuleFixture(
            .met048, frame: 1, raises: { $0.invite.replace("<?xml version", "\u{FEFF}<?xml version") },
            silent: { $0.invite.replace("<?xml version", "\n<?xml version") }),
        RuleFixture(.met030, frame: 1) { $0.invite.replace(" encoding=\"UTF-8\"", "") },
        // Version 1 in the seventh octet, and the address of a card without the multicast bit.
        RuleFixture(
            .met031, frame: 1, raises: { $0.invite.replace("{B}", "kQNhKFdEEeeJ9tD/VsPGWA==") },
            silent: { $0.invite.replace("{B}", "kQNhKFdEEeeJ9tH/VsPGWA==") }),
        RuleFixture(.met032, frame: 1) { $0.invite.replace("<name xml:lang=\"en\">Bob</name>", "<name xml:lang=\"en\">Bob</name><name>Robert</name>") },
        RuleFixture(.met033, frame: 1) { $0.invite.replace("<label>2</label>", "<label>2</label><label>3</label>") },
        RuleFixture(.met034, frame: 1) { scene in
            scene.invite.replace("<sessionrecordingassoc ", "<stream stream_id=\"{B}\" session_id=\"{S2}\"><label>2</label></stream>\n<sessionrecordingassoc ")
        },
        RuleFixture(
            .met035, frame: 1, raises: { $0.addGroup("<group-ref>{G}</group-ref><group-ref>{C}</group-ref>") },
            silent: { $0.addGroup("<group-ref>{G}</group-ref>") }),
        RuleFixture(
            .met036, frame: 1, raises: { $0.invite.replace("<start-time>", "<reason>transfer</reason><start-time>") },
            silent: { $0.invite.replace("<start-time>", "<reason cause=\"302\">transfer</reason><start-time>") }),
        RuleFixture(.met037, frame: 1) { $0.invite.remove("<start-time>2026-01-01T00:00:00Z</start-time>") },
        RuleFixture(
            .met038, frame: 1, raises: { $0.invite.replace("<start-time>", "<sipSessionID>4711</sipSessionID><start-time>") },
            silent: { $0.invite.replace("<start-time>", "<sipSessionID>ab30317f1a784dc48ff824d0d3715d86</sipSessionID><start-time>") }),
        RuleFixture(
            .met039, frame: 1, raises: { $0.invite.replace("</nameID></participant>", "</nameID><mood>sunny</mood></participant>") },
            silent: { $0.invite.replace("</nameID></participant>", "</nameID><mood xmlns=\"urn:example:mood\">sunny</mood></participant>") }),
        RuleFixture(
            .met040, frame: 1, raises: { $0.invite.replace("<participant ", "<participant mood=\"sunny\" ") },
            silent: { $0.invite.replace("<participant ", "<participant xmlns:m=\"urn:example:mood\" m:mood=\"sunny\" ") }),
        RuleFixture(.met041, frame: 1) {
            $0.invite.remove("<sessionrecordingassoc session_id=\"{S}\"><associate-time>2026-01-01T00:00:00Z</associate-time></sessionrecordingassoc>\n")
        },
        RuleFixture(
            .met042, frame: 44,
            raises: {
                $0.requestSnapshot()
                $0.others[0].replace("</requestreason>", "</requestreason><requestreason>again</requestreason>")
            },
            silent: { $0.requestSnapshot() }),
        RuleFixture(.met043, frame: 1) { $0.invite.replace("<send>{B}</send>", "<send> {B} </send>") },
        RuleFixture(.met044, frame: 1) { $0.invite.replace("<recv>{A}</recv>", "<recv>{A}</recv><recv>{B}</recv>") },
        RuleFixture(
            .met045, frame: 1,
            raises: { $0.invite.replace("</start-time></session>", "</start-time><stop-time>2026-01-01T00:01:00Z</stop-time></session>") },
            silent: { scene in
                scene.invite.replace("</start-time></session>", "</start-time><stop-time>2026-01-01T00:01:00Z</stop-time></session>")
                scene.invite.replace(
                    "</associate-time></participantsessionassoc>",
                    "</associate-time><disassociate-time>2026-01-01T00:01:00Z</disassociate-time></participantsessionassoc>")
            }),
        RuleFixture(.met046, frame: 44, raises: { $0.refuseAndReferTo(isDescribedAgain: false) }, silent: { $0.refuseAndReferTo(isDescribedAgain: true) }),
    ]
}

extension Scene {
    mutating func addGroup(_ reference: String) {
        invite.replace("<session ", "<group group_id=\"{G}\"><associate-time>2026-01-01T00:00:00Z</associate-time></group>\n<session ")
        invite.replace("<start-time>", reference + "<start-time>")
    }

    /// A document about Cy is refused; the next one has her listen.
    mutating func refuseAndReferTo(isDescribedAgain: Bool) {
        func document(_ body: String) -> String { Scene.update.replacing("</datamode>", with: "</datamode>" + body) }
        let cy = "<participant participant_id=\"{C}\"><nameID aor=\"sip:cy@example.test\"/></participant>"
        request("UPDATE", at: 0.9, cseq: 3, metadata: document(cy))
        others.append(SceneMessage("500", at: 0.91, cseq: 3, method: "UPDATE", by: .server))
        request(
            "UPDATE", at: 1, cseq: 4,
            metadata: document((isDescribedAgain ? cy : "") + "<participantstreamassoc participant_id=\"{C}\"><recv>{A}</recv></participantstreamassoc>"))
        others.append(SceneMessage("200", at: 1.01, cseq: 4, method: "UPDATE", by: .server))
    }

    /// The server asks for a snapshot and gets it.
    mutating func requestSnapshot() {
        transaction("UPDATE", at: 0.9, cseq: 5, by: .server, metadata: Scene.request)
        transaction("UPDATE", at: 1, cseq: 3, description: Scene.offer, metadata: Scene.document, answer: Scene.answer)
    }
}
