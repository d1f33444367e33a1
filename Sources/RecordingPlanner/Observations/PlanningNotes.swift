import Evidence
import RecordingPlan

/// What the steps of planning find beside the values that they return. Passed in, as a finding log is; no step reads what another one noted.
struct PlanningNotes {
    var findings = FindingLog()
    var keyUses = KeyUses()
}

/// Which flows each entry of the key files opened, by the entry's place.
struct KeyUses {
    /// Flows in the order in which they were tried.
    private(set) var flows: [Int: [Int]] = [:]

    mutating func add(_ keys: FlowKeys, of flow: Int) {
        for entry in keys.entries { flows[entry, default: []].append(flow) }
    }
}
