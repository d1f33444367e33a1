import Evidence
import SDPSyntax
import SIPSyntax
import TestSupport
import Testing

@testable import SIPDialogs

struct DialogTests {
    /// An ordinary recording session up to ACK.
    private func recording(_ change: (inout DialogScript) -> Void = { _ in }) -> DialogScript {
        var script = DialogScript()
        script.isRecording = true
        script.clientTag = ";+sip.src"
        script.serverTag = ";+sip.srs"
        change(&script)
        script.send("INVITE", cseq: 1, type: multipartType, body: multipart(sdp("o", ["sendonly", "sendonly"], labels: ["1", "2"])))
        script.send("200", cseq: 1, by: .server, to: "s", headers: ["Server: LabSRS"], body: sdp("a", ["recvonly", "recvonly"]))
        script.send("ACK", cseq: 1, "ACK", to: "s")
        return script
    }

    @Test func recordingSessionIsRecognisedWithBothParties() throws {
        var script = recording()
        script.send("BYE", cseq: 2, "BYE", to: "s")
        script.send("200", cseq: 2, "BYE", by: .server, to: "s")
        let dialog = try #require(script.dialogs().first)
        #expect(dialog.role == .recording)
        #expect(dialog.recordingStrength == .strong)
        #expect(dialog.recordingEvidence.first?.hasPrefix("strong: ") == true)
        #expect(dialog.recorderSide == .client)
        #expect(dialog.client.endpoint == DialogScript.client && dialog.server.endpoint == DialogScript.server)
        #expect(dialog.client.displayName == "Ann" && dialog.client.uri == "sip:a@client.test" && dialog.client.tag == "c")
        #expect(dialog.server.uri == "sip:b@server.test" && dialog.server.tag == "s" && dialog.server.userAgent == "LabSRS")
        #expect(dialog.start == DialogScript.time(1) && dialog.answered == DialogScript.time(2) && dialog.end == DialogScript.time(4))
        #expect(dialog.endedBy == .bye(.client) && dialog.finalStatus == 200)
        let document = try #require(dialog.metadata.first)
        #expect(document.octets == Array(metadata.utf8))
        #expect(document.carrier == "INVITE" && document.cseq == 1 && document.sender == .client && document.isAccepted && document.isComplete)
        #expect(document.description?.media.count == 2 && document.negotiationIndex == 0)
        #expect(script.codes == ["DLG008"])
    }

    @Test func ordinaryCallIsNoRecordingAndHasNoRecordingFindings() throws {
        var script = DialogScript()
        script.send(
            "INVITE", cseq: 1,
            headers: ["Session-ID: aa;remote=bb", "P-Asserted-Identity: \"Ann A\" <sip:ann@x>, <tel:+1>", "Supported: record-aware, siprec"],
            body: sdp("o"))
        script.send("200", cseq: 1, by: .server, to: "s", headers: ["Session-ID: bb;remote=aa"], body: sdp("a"))
        script.send("BYE", cseq: 5, "BYE", by: .server, request: .server, to: "s")
        let dialog = try #require(script.dialogs().first)
        #expect(dialog.role == .communication && dialog.recorderSide == nil && dialog.recordingEvidence.isEmpty)
        #expect(dialog.sessionIDs == ["aa;remote=bb", "bb;remote=aa"])
        #expect(dialog.client.identities.map(\.uri) == ["sip:ann@x", "tel:+1"])
        #expect(dialog.endedBy == .bye(.server))
        #expect(script.codes.isEmpty)
    }

    @Test func metadataFirstAndLabelsInTheLateAnswer() throws {
        var script = DialogScript()
        script.isRecording = true
        script.clientTag = ";+sip.src"
        script.send("INVITE", cseq: 1, headers: ["Content-Disposition: recording-session"], type: "application/rs-metadata+xml", body: metadata)
        script.send("200", cseq: 1, by: .server, to: "s", body: sdp("o", ["recvonly"]))
        script.send("ACK", cseq: 1, "ACK", to: "s", body: sdp("a", ["sendonly"], labels: ["2414"]))
        let dialog = try #require(script.dialogs().first)
        #expect(dialog.metadata.first?.description == nil)
        #expect(dialog.metadata.first?.disposition == "recording-session")
        #expect(dialog.negotiations.first?.offerer == .server)
        #expect(dialog.negotiations.first?.answer?.media.first?.label == "2414")
        #expect(script.codes.isDisjoint(with: ["SDP101", "SDP106", "SDP107", "DLG009"]))
    }

    @Test func refusedMetadataIsKeptButNotAccepted() throws {
        var script = DialogScript()
        script.isRecording = true
        script.clientTag = ";+sip.src"
        let body = multipart(sdp("o", ["sendonly"], labels: ["1"]))
        script.send("INVITE", cseq: 1, type: multipartType, body: body)
        script.send("401", cseq: 1, by: .server, to: "x")
        script.send("INVITE", cseq: 2, type: multipartType, body: body)
        script.send("200", cseq: 2, by: .server, to: "s", body: sdp("a", ["recvonly"]))
        script.send("BYE", cseq: 3, "BYE", to: "s", headers: ["Content-Disposition: recording-session"], type: "application/rs-metadata+xml", body: metadata)
        let dialog = try #require(script.dialogs().first)
        #expect(dialog.metadata.map(\.isAccepted) == [false, true, true])
        #expect(dialog.metadata.map(\.carrier) == ["INVITE", "INVITE", "BYE"])
        #expect(dialog.finalStatus == 200)
        #expect(dialog.forks == ["s"])
        #expect(!script.codes.contains("DLG002"))
    }

    @Test func recorderIsWhoTheFeatureTagsName() throws {
        var script = DialogScript()
        script.isRecording = true
        script.clientTag = ";+sip.srs"
        script.serverTag = ";+sip.src"
        script.send("INVITE", cseq: 1)
        script.send("200", cseq: 1, by: .server, to: "s", type: multipartType, body: multipart(sdp("o", ["sendonly"], labels: ["1"])))
        script.send("ACK", cseq: 1, "ACK", to: "s", body: sdp("a", ["recvonly"]))
        let dialog = try #require(script.dialogs().first)
        #expect(dialog.recorderSide == .server)
        #expect(dialog.metadata.first?.carrier == "200 INVITE")
        #expect(dialog.metadata.first?.sender == .server)
    }

    @Test(arguments: [
        ("+sip.src alone", ";+sip.src", false, sdp("o"), RecordingStrength.medium), ("bare src", ";src", false, sdp("o"), .medium),
        ("option alone", "", true, sdp("o"), .medium), ("labels and sendonly", "", false, sdp("o", ["sendonly"], labels: ["1"]), .weak),
    ])
    func oneSignIsEnough(_ name: String, _ tag: String, _ option: Bool, _ body: String, _ strength: RecordingStrength) throws {
        var script = DialogScript()
        script.clientTag = tag
        script.isRecording = option
        script.send("INVITE", cseq: 1, body: body)
        let dialog = try #require(script.dialogs().first)
        #expect(dialog.role == .recording)
        #expect(dialog.recordingStrength == strength)
        #expect(dialog.recorderSide == .client)
    }

    @Test func dialogSeenFromTheMiddleIsBuilt() throws {
        for method in ["INVITE", "UPDATE", "BYE", "ACK"] {
            var script = DialogScript()
            script.send(method, cseq: 7, method, from: "c", to: "s", body: method == "BYE" ? "" : sdp("o"))
            let dialog = try #require(script.dialogs().first)
            #expect(dialog.startsMidCapture)
            #expect(dialog.answered == nil)
            #expect(dialog.negotiations.count == (method == "BYE" ? 0 : 1))
            #expect((dialog.end != nil) == (method == "BYE"))
            #expect(script.codes.contains("DLG004"))
        }
    }

    @Test func methodsOutsideInviteDialogsAreOnlyCounted() {
        var script = DialogScript()
        for method in ["REGISTER", "OPTIONS", "SUBSCRIBE", "NOTIFY", "PUBLISH", "MESSAGE"] { script.send(method, cseq: 1, method) }
        script.send("200", cseq: 1, "OPTIONS", by: .server, to: "s")
        #expect(script.table.ignored == 7)
        #expect(script.dialogs().isEmpty)
    }

    @Test func sameCallIDWithOtherTagsIsAnotherDialog() {
        var script = DialogScript()
        script.send("INVITE", cseq: 1, body: sdp("o"))
        script.send("200", cseq: 1, by: .server, to: "s", body: sdp("a"))
        script.send("INVITE", cseq: 1, from: "other", body: sdp("o2"))
        script.send("200", cseq: 1, by: .server, from: "other", to: "t", body: sdp("a2"))
        let dialogs = script.dialogs()
        #expect(dialogs.map(\.client.tag) == ["c", "other"])
        #expect(dialogs.map(\.negotiations.count) == [1, 1])
    }

    @Test func orderOfArrivalDoesNotMatter() throws {
        var script = DialogScript()
        script.send("200", cseq: 1, by: .server, to: "s", body: sdp("a"), at: DialogScript.time(12))
        script.send("BYE", cseq: 2, "BYE", to: "s", at: DialogScript.time(13))
        script.send("INVITE", cseq: 1, body: sdp("o"), at: DialogScript.time(11))
        script.callID = "a"
        script.send("INVITE", cseq: 1, body: sdp("o"), at: DialogScript.time(11))
        let dialogs = script.dialogs()
        #expect(dialogs.map(\.callID) == ["a", "c1@test"])
        #expect(dialogs[1].negotiations.first?.answer?.name == "a")
        #expect(dialogs[1].end == DialogScript.time(13))
    }

    @Test func boundsAreKept() {
        var limits = Limits()
        limits.dialogs = 2
        limits.messagesPerDialog = 3
        var script = DialogScript()
        script.table = DialogTable(limits: limits)
        for index in 0..<5 {
            script.callID = "c\(index)"
            for number in 1...5 { script.send("INVITE", cseq: number) }
        }
        let dialogs = script.dialogs()
        #expect(dialogs.map(\.messages.count) == [3, 3])
        #expect(script.codes.contains("DLG010"))
    }

    @Test(arguments: [21, 22] as [UInt64])
    func randomMessagesNeverTrap(_ seed: UInt64) {
        var random = SeededRandom(seed: seed)
        var script = recording()
        for _ in 0..<1500 {
            let side: Side = Bool.random(using: &random) ? .client : .server
            let request: Side = Bool.random(using: &random) ? .client : .server
            let method = ["INVITE", "UPDATE", "PRACK", "ACK", "BYE", "CANCEL", "INFO"].randomElement(using: &random) ?? ""
            let line = side == request ? method : ["100", "183", "200", "404", "491"].randomElement(using: &random) ?? ""
            script.send(
                line, cseq: Int.random(in: 0...5, using: &random), method, by: side, request: request, from: ["c", "d"].randomElement(using: &random) ?? "",
                to: ["s", "t", nil].randomElement(using: &random) ?? nil, headers: Bool.random(using: &random) ? ["RSeq: 1", "RAck: 1 1 INVITE"] : [],
                body: Bool.random(using: &random) ? sdp("x") : "", branch: "\(Int.random(in: 0...99, using: &random))")
        }
        let dialogs = script.dialogs()
        #expect(dialogs.map(\.messages.count).reduce(0, +) == 1503, "seed \(seed)")
    }
}
