import Glibc
import Synchronization

/// How many files may stay open between two writes. Opening a file anew for each block costs as much as writing it, so files stay open while
/// there is room; the rest are opened block by block.
final class OpenFileBudget: Sendable {
    private let room: Atomic<Int>

    init(_ room: Int) { self.room = Atomic(max(0, room)) }

    /// Half of what the process may have open, as inputs and libraries want some too.
    convenience init() {
        var limit = rlimit()
        let known = unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0
        self.init(known ? Int(clamping: min(limit.rlim_cur / 2, 8192)) - 32 : 0)
    }

    /// Keeps the file open until the result is let go; nil, and the file closed, where there is no room.
    func keep(_ file: consuming FileDescriptor) -> KeptFile? {
        if room.subtract(1, ordering: .relaxed).newValue >= 0 { return KeptFile(file, budget: self) }
        giveBack()
        return nil
    }

    fileprivate func giveBack() { room.add(1, ordering: .relaxed) }
}

/// A file that stays open, and its place in the budget.
final class KeptFile {
    let file: FileDescriptor
    private let budget: OpenFileBudget

    fileprivate init(_ file: consuming FileDescriptor, budget: OpenFileBudget) {
        self.file = file
        self.budget = budget
    }

    deinit { budget.giveBack() }
}
