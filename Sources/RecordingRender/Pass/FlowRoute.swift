import RecordingPlan
import StreamMatching

/// Where the packets of a flow go: a flow of one of a worker's recordings.
struct FlowRoute {
    /// Which recording of the worker's share.
    let recording: Int32
    /// Which of the recording's flows.
    let flow: Int32
}

/// A flow of the capture that a recording is made of.
struct WantedFlow {
    let route: FlowRoute
    /// Row in the flow table.
    let flow: Int
    /// Flows whose packets go the same way.
    let twins: [Int]
    let window: FlowWindow
}
