import Glibc
import Synchronization

/// How many files may stay open between two writes. Opening a file anew for each block costs as much as writing it, so files stay open while
/// there is room; the rest are opened block by block.
final class OpenFileBudget: Sendable {
    private let room: Atomic<Int>
    /// Octets on the disk that may be reserved ahead of what is written, of all files together: what is reserved for one is missing to the others.
    private let ahead = Atomic<Int>(256 << 20)

    init(_ room: Int) { self.room = Atomic(max(0, room)) }

    /// Files of audio that are worth keeping open: 8,000 recordings of two participants.
    private static let most: rlim_t = 16 << 10

    /// Half of what the process may have open, as inputs and libraries want some too. The usual limit of 1024 is there for programs that use
    /// select(2); this one does not, so it takes as much of what it is allowed (the hard limit) as it has use for.
    convenience init() {
        let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        var limit = rlimit()
        let isKnown = unsafe getrlimit(resource, &limit) == 0
        let wanted = min(limit.rlim_max, 2 * Self.most)
        if isKnown, limit.rlim_cur < wanted {
            var raised = limit
            raised.rlim_cur = wanted
            if unsafe setrlimit(resource, &raised) == 0 { limit = raised }
        }
        self.init(isKnown ? Int(clamping: min(limit.rlim_cur / 2, Self.most)) - 32 : 0)
    }

    /// Keeps the file open until the result is let go; nil, and the file closed, where there is no room.
    func keep(_ file: consuming FileDescriptor) -> KeptFile? {
        if room.subtract(1, ordering: .relaxed).newValue >= 0 { return KeptFile(file, budget: self) }
        giveBack()
        return nil
    }

    fileprivate func giveBack() { room.add(1, ordering: .relaxed) }

    fileprivate func lend(_ octets: Int) -> Bool {
        if ahead.subtract(octets, ordering: .relaxed).newValue >= 0 || octets <= 0 { return true }
        ahead.add(octets, ordering: .relaxed)
        return false
    }
}

/// A file that stays open, and its place in the budget.
final class KeptFile {
    let file: FileDescriptor
    private let budget: OpenFileBudget
    /// Octets that it may have reserved ahead.
    private var lent = 0

    fileprivate init(_ file: consuming FileDescriptor, budget: OpenFileBudget) {
        self.file = file
        self.budget = budget
    }

    /// Asks for `octets` on the disk ahead of what is written, in place of those that it was lent before.
    func borrow(_ octets: Int) -> Bool {
        guard budget.lend(octets - lent) else { return false }
        lent = octets
        return true
    }

    deinit {
        _ = borrow(0)
        budget.giveBack()
    }
}
