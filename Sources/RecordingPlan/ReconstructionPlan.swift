package import CaptureSurvey
package import Evidence
package import StreamMatching

/// What the render is to do: a value that needs nothing beside it. The render changes none of its conclusions.
package struct ReconstructionPlan: Sendable {
    /// What the plan was made from, without what only planning needs.
    package var survey: Survey
    /// In order of start, then id.
    package var recordings: [PlannedRecording] = []
    /// Matches of all flows, by flow number; nil where nothing speaks for any stream.
    package var matches: [FlowMatch?] = []
    /// Flows that look like noise or other protocols and are in no recording.
    package var ignoredFlows = 0
    /// Flows that no recording has, by why.
    package var unplanned: [UnplannedFlows] = []
    /// Flows that are divided among recordings.
    package var dividedFlows: [Int] = []
    /// Encrypted flows that no key at hand opens.
    package var keysNeeded: [NeededKey] = []
    /// Flows that each entry of the key files opened, by its place among the entries.
    package var keyUses: [Int: [Int]] = [:]
    /// What opened each flow that a key opens, by flow number; of copies that are left out, too.
    package var openedFlows: [Int: FlowKeys] = [:]
    /// Entries of the key files whose key and salt would open a flow in the other order.
    package var swappedKeys: [Int: Int] = [:]
    package var findings = FindingLog()
    /// What opening the packets will tell, as far as samples show it: for those who do not render.
    package var foreseen = FindingLog()

    package init(of survey: Survey) { self.survey = survey }

    /// What a run tells of plan and survey at its end; what belongs to one recording goes with it.
    package var withoutRecordings: ReconstructionPlan {
        var rest = self
        rest.survey = survey.withoutDialogs
        rest.recordings = []
        rest.openedFlows = [:]
        rest.matches = []
        return rest
    }
}
