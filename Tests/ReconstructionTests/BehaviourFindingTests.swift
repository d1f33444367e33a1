import CaptureSurvey
import Evidence
import PacketInput
import RecordingAccount
import RecordingPlan
import RecordingRecords
import Testing

/// What a party does wrong is told where it belongs, and does not make a whole recording incomplete.
struct BehaviourFindingTests {
    @Test func `what a delivered call breaks stands with the recording that delivers it`() async throws {
        var scene = Scene()
        scene.deliver { $0.ok.head.append("Supported: record-aware") }
        let run = await scene.run()
        let report = CheckReport(survey: run.survey, plan: run.plan, filter: FindingFilter(selected: ["REC045"], ignored: []))
        let group = try #require(report.groups.first)
        #expect(report.groups.count == 1 && group.kind == "siprec" && group.callIDs == ["call-1@client.test"])
        #expect(group.items.map(\.finding.subject.callID) == ["talk-5@client.test"])
        #expect(group.items.first?.source?.text == "m=audio 4000 RTP/AVP 0")
        #expect(try run.only.sidecar.findings.contains { $0.rule == "REC045" })
    }

    @Test(arguments: [("REC001", true), ("MET001", false)]) func `an error about behaviour alone leaves the recording complete`(
        _ code: String, _ isComplete: Bool
    ) async throws {
        var scene = Scene()
        if isComplete { scene.ok.remove(";+sip.srs") } else { scene.invite.remove("</recording>") }
        let sidecar = try await scene.run().only.sidecar
        #expect(sidecar.findings.filter { $0.severity == "error" }.map(\.rule) == [code])
        #expect(sidecar.complete == isComplete)
    }
}
