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
    /// What opened each flow that a key opens, also of copies that are then left out.
    private(set) var opened: [Int: FlowKeys] = [:]
    private var known: Set<Use> = []

    private struct Use: Hashable {
        let entry: Int
        let flow: Int
    }

    /// A flow that several conversations share is opened once.
    mutating func add(_ keys: FlowKeys, of flow: Int) {
        if !keys.proven.isEmpty, opened[flow] == nil { opened[flow] = keys }
        for entry in keys.entries where known.insert(Use(entry: entry, flow: flow)).inserted { flows[entry, default: []].append(flow) }
    }
}
