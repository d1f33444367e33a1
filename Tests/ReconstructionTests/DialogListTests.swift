import Evidence
import SIPDialogs
import Testing

@testable import CaptureSurvey
@testable import PacketInput
@testable import RecordingAccount
@testable import RecordingPlan
@testable import RecordingPlanner
@testable import RecordingRecords
@testable import RecordingRender

@Suite struct DialogListTests {
    private static var sample: [UInt8] {
        get throws {
            let sample = try SampleCapture("01-basic-pcmu-udp")
            return sample.head + sample.records.flatMap(\.self)
        }
    }

    @Test func aPartKeepsItsNumbers() async throws {
        let run = await Reconstructed.run(try Self.sample)
        let dialog = try #require(run.survey.dialogs.first)
        let list = DialogList(Array(repeating: dialog, count: 5))
        #expect(list.count == 5 && list.total == 5 && Array(list.indices) == [0, 1, 2, 3, 4])
        let part = list.part([3, 1, 3, 9])
        #expect(part.count == 2 && part.total == 5 && Array(part.indices) == [1, 3])
        #expect(part[3].callID == dialog.callID && part.map(\.callID).count == 2)
        #expect(Array(part.indices.reversed()) == [3, 1] && part.last?.callID == dialog.callID)
        #expect(part.forgotten.isEmpty && part.forgotten.total == 5 && part.forgotten.first == nil)
    }

    @Test func whatEndsARunStillKnowsHowMuchThereWas() async throws {
        let run = await Reconstructed.run(try Self.sample)
        let rest = run.plan.withoutRecordings.survey
        #expect(rest.dialogs.isEmpty && rest.dialogs.total == run.survey.dialogs.count)
        #expect(run.plan.withoutRecordings.recordings.isEmpty && run.plan.withoutRecordings.findings.sorted == run.plan.findings.sorted)
        // Each material is handed out once.
        var plan = run.plan
        let materials = RecordingMaterials(from: &plan)
        #expect(plan.recordings.isEmpty && plan.survey.dialogs.isEmpty)
        #expect(materials.take(0)?.dialogs.count == run.plan.recordings[0].dialogs.count)
        #expect(materials.take(0) == nil && materials.take(-1) == nil && materials.take(1 << 20) == nil)
    }
}
