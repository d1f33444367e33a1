/// How far a pass has come; for a progress line.
package struct ReconstructionProgress: Sendable {
    /// `open` finds the first packet of every input.
    package enum Stage: String, Sendable { case open, survey, render }
    package let stage: Stage
    package let amount: ReadAmount
    /// To be compared with `amount.taken`: compressed inputs count as they lie.
    package let octetsTotal: Int
    package let frames: Int

    package init(stage: Stage, amount: ReadAmount, octetsTotal: Int, frames: Int) {
        self.stage = stage
        self.amount = amount
        self.octetsTotal = octetsTotal
        self.frames = frames
    }
}

/// Lets the command watch and interrupt a pass; called some times a second from the thread that reads.
package protocol ReconstructionObserver: AnyObject, Sendable {
    func progressed(_ progress: ReconstructionProgress)
    /// True asks the pass to end early.
    var isInterrupted: Bool { get }
}
