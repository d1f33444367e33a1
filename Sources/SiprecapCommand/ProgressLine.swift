import Glibc
import Siprecap
import Synchronization

/// Shows how far a pass is: a line that overwrites itself on a terminal, or JSON lines.
final class ProgressLine: RunObserver {
    private struct State {
        var lastShown: Int64 = 0
        var shownStage = ""
        var isShown = false
    }

    private let mode: ProgressMode
    private let state = Mutex(State())
    private let begin: Int64

    init(_ mode: ProgressMode) {
        self.mode = mode == .auto ? (Console.errorIsTerminal ? .always : .never) : mode
        begin = Self.now()
    }

    var isInterrupted: Bool { Interruption.isRequested }

    func progressed(_ progress: JobProgress) {
        guard mode != .never else { return }
        let now = Self.now()
        state.withLock { state in
            // Ten times a second is enough for eyes; JSON readers get one line a second.
            let pause: Int64 = mode == .json ? 1_000_000_000 : 100_000_000
            guard now - state.lastShown >= pause || state.shownStage != progress.stage.rawValue else { return }
            state.lastShown = now
            state.shownStage = progress.stage.rawValue
            state.isShown = true
            show(progress, seconds: Double(now - begin) / 1e9)
        }
    }

    /// Clears the line, so that what follows stands alone.
    func finish() {
        state.withLock { state in
            if state.isShown, mode == .always { Console.raw("\r\u{1B}[2K") }
            state.isShown = false
        }
    }

    private func show(_ progress: JobProgress, seconds: Double) {
        if mode == .json {
            Console.diagnostic(
                "{\"bytes\":\(progress.octets),\"bytesTotal\":\(progress.totalOctets),\"bytesUnpacked\":\(progress.unpackedOctets),"
                    + "\"packets\":\(progress.packets),\"stage\":\"\(progress.stage.rawValue)\"}"
            )
            return
        }
        let filled = Int(progress.fraction * 24)
        let bar = String(repeating: "#", count: filled) + String(repeating: ".", count: 24 - filled)
        let rate = seconds > 0 ? Double(progress.unpackedOctets) / seconds / 1e6 : 0
        let unpacked = progress.unpackedOctets > progress.octets ? "  \(progress.unpackedOctets / 1_000_000) MB unpacked" : ""
        Console.raw(
            "\r\u{1B}[2K\(progress.stage.rawValue.padded(to: 7)) [\(bar)] \(Int(progress.fraction * 100)) %  \(progress.packets) packets\(unpacked)  \(Int(rate)) MB/s"
        )
    }

    private static func now() -> Int64 {
        var time = timespec()
        unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }
}
