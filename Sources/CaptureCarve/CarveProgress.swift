import PacketInput

/// How far the two passes are.
struct CarveProgress {
    private let observer: (any ReconstructionObserver)?
    private var done: ReadAmount
    private let total: Int

    init(_ observer: (any ReconstructionObserver)?, done: Int, total: Int) {
        self.observer = observer
        self.done = ReadAmount(taken: done, unpacked: done)
        self.total = total
    }

    /// Octets that were read since; true where the user wants to stop.
    mutating func read(_ amount: ReadAmount, frames: Int) -> Bool {
        done = done + amount
        observer?.progressed(ReconstructionProgress(stage: .render, amount: done, octetsTotal: total, frames: frames))
        return observer?.isInterrupted ?? false
    }
}
