import CaptureSurvey
import Evidence
import Foundation
import PacketInput
import RecordingPlan
import RecordingRender
import RuleCatalogue
import TestSupport
import Testing

/// Every rule of the catalogue speaks in a whole run over a capture with its defect, and is silent where the capture has not.
struct RuleFixtureTests {
    /// What the session that most fixtures change raises: its metadata are not encrypted, its profile has no feedback.
    private static let sessionCodes = ["DLG008", "REC053"]

    @Test("every rule has a fixture, here or in a test that exists and names it")
    func everyRuleHasAFixture() throws {
        let here = Set(RuleFixture.all.map(\.code))
        #expect(Set(RuleFixture.all.map(\.testDescription)).count == RuleFixture.all.count)
        let covered = here.union(RuleFixture.elsewhere.keys)
        #expect(Rule.catalogue.map(\.code).filter { !covered.contains($0) } == [])
        #expect(covered.subtracting(Rule.catalogue.map(\.code)) == [])
        #expect(here.intersection(RuleFixture.elsewhere.keys) == [])
        let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        for (code, place) in RuleFixture.elsewhere {
            let text = try String(contentsOf: tests.appendingPathComponent(place.test), encoding: .utf8)
            #expect(text.contains(code) || text.contains("." + code.lowercased()), "\(place.test) does not name \(code)")
            #expect(!place.reason.isEmpty)
        }
    }

    @Test("the sessions that fixtures change break no rule, except that UDP is not encrypted and RTP/AVP not what is recommended")
    func theSessionsThemselvesAreRight() async throws {
        #expect(await Scene().run().codes == Self.sessionCodes)
        #expect(await Scene.call().run().codes == [])
        #expect(try await Scene.secured().run().codes == ["DLG008", "REC053", "SRT008"])
    }

    @Test(.timeLimit(.minutes(2)), arguments: RuleFixture.all) func speaksOnlyOfItsDefect(_ fixture: RuleFixture) async throws {
        var broken = try fixture.base()
        try fixture.raises(&broken)
        let loud = await broken.run()
        #expect(loud.codes.contains(fixture.code), "found \(loud.codes)")
        let finding = loud.findings.first { $0.rule.code == fixture.code }
        if let frame = fixture.frame { #expect(finding?.first?.frame == frame) }
        // What is said of signalling names the dialog and the place in a message.
        if let finding, ["DLG", "MET", "REC", "SDP"].contains(fixture.code.prefix(3)) {
            #expect(finding.subject.callID != nil && finding.count > 0)
            #expect(finding.first.map { $0.frame > 0 } ?? false)
        }
        guard let silent = fixture.silent else {
            #expect(!Self.sessionCodes.contains(fixture.code))
            return
        }
        var sound = try fixture.base()
        try silent(&sound)
        let quiet = await sound.run()
        let message = quiet.findings.first { $0.rule.code == fixture.code }?.message
        #expect(message == nil, "the sound one raises it too")
    }
}

extension Reconstructed {
    /// Of survey, plan and render; sorted by place.
    var findings: [Finding] {
        var log = survey.findings
        log.merge(plan.findings)
        for recording in rendered { log.merge(recording.findings) }
        return log.sorted
    }

    var codes: [String] { Set(findings.map(\.rule.code)).sorted() }
}
