import Evidence

/// What one endpoint sends in one association: which transmission sequence numbers (TSN) came, and fragments that wait for others.
struct SCTPDirection {
    /// One DATA chunk (RFC 9260 section 3.3.1) that is a part of its message.
    struct Fragment {
        let isFirst: Bool
        let isLast: Bool
        let stream: UInt16
        let payloadProtocol: UInt32
        let octets: [UInt8]
        let origin: Origin
        let time: CaptureTime
    }

    /// TSNs that a repetition is told by.
    static let window: UInt32 = 4096

    private var highest: UInt32?
    /// TSNs up to `window` before the highest one.
    private var seen: Set<UInt32> = []
    private(set) var fragments: [UInt32: Fragment] = [:]
    /// Runs of fragments of one message: by the last number the first, and the other way round.
    private var startOfRun: [UInt32: UInt32] = [:]
    private var endOfRun: [UInt32: UInt32] = [:]
    private(set) var pendingOctets = 0
    /// Of the fragment that came last.
    private(set) var lastTime = CaptureTime.distantPast

    /// Whether a TSN comes for the first time, as far as is remembered.
    mutating func isNew(_ tsn: UInt32) -> Bool {
        guard let top = highest else {
            highest = tsn
            seen = [tsn]
            return true
        }
        let ahead = Int32(bitPattern: tsn &- top)
        if ahead <= 0 {
            guard ahead > -Int32(Self.window) else { return false }
            return seen.insert(tsn).inserted
        }
        highest = tsn
        seen.insert(tsn)
        if seen.count > 2 * Int(Self.window) { seen = seen.filter { tsn &- $0 < Self.window } }
        return true
    }

    /// Keeps a fragment. When its message is whole now, where it begins and how many fragments it has: the fragments of one message have
    /// numbers in a row (RFC 9260 section 6.9).
    mutating func keep(_ fragment: Fragment, _ tsn: UInt32) -> (first: UInt32, count: UInt32)? {
        guard fragments[tsn] == nil else { return nil }
        fragments[tsn] = fragment
        pendingOctets += fragment.octets.count
        lastTime = fragment.time
        var first = tsn
        var last = tsn
        if !fragment.isFirst, let start = startOfRun[tsn &- 1], let before = fragments[tsn &- 1], !before.isLast, before.stream == fragment.stream {
            startOfRun[tsn &- 1] = nil
            first = start
        }
        if !fragment.isLast, let end = endOfRun[tsn &+ 1], let after = fragments[tsn &+ 1], !after.isFirst, after.stream == fragment.stream {
            endOfRun[tsn &+ 1] = nil
            last = end
        }
        endOfRun[first] = last
        startOfRun[last] = first
        return fragments[first]?.isFirst == true && fragments[last]?.isLast == true ? (first, last &- first &+ 1) : nil
    }

    mutating func take(first: UInt32, count: UInt32) -> [Fragment] {
        var out: [Fragment] = []
        for index in 0..<count {
            guard let fragment = fragments.removeValue(forKey: first &+ index) else { continue }
            pendingOctets -= fragment.octets.count
            out.append(fragment)
        }
        endOfRun[first] = nil
        startOfRun[first &+ count &- 1] = nil
        return out
    }

    mutating func dropFragments() {
        fragments = [:]
        startOfRun = [:]
        endOfRun = [:]
        pendingOctets = 0
    }
}
