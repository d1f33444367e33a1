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
    private var fragments: [UInt32: Fragment] = [:]
    /// Messages of I-DATA of which not every fragment has come, by the fragment's number.
    private var messages: [SCTPChunk.MessageKey: [UInt32: Fragment]] = [:]
    /// Fragments that wait.
    private(set) var fragmentCount = 0
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

    var isWaiting: Bool { fragmentCount > 0 }

    /// Where the first fragment that waits was captured.
    var firstOrigin: Origin? { (Array(fragments.values) + messages.values.flatMap(\.values)).map(\.origin).min() }

    /// Keeps a fragment of DATA; all of its message when that is whole now: the fragments of one message have numbers in a row
    /// (RFC 9260 section 6.9).
    mutating func keep(_ fragment: Fragment, _ tsn: UInt32) -> [Fragment]? {
        guard fragments[tsn] == nil else { return nil }
        fragments[tsn] = fragment
        fragmentCount += 1
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
        return fragments[first]?.isFirst == true && fragments[last]?.isLast == true ? take(first: first, count: last &- first &+ 1) : nil
    }

    /// Keeps a fragment of I-DATA, the one with this number of its message; all of the message when that is whole now.
    mutating func keep(_ fragment: Fragment, _ key: SCTPChunk.MessageKey, _ number: UInt32) -> [Fragment]? {
        guard messages[key]?[number] == nil else { return nil }
        messages[key, default: [:]][number] = fragment
        fragmentCount += 1
        pendingOctets += fragment.octets.count
        lastTime = fragment.time
        guard let parts = messages[key], let last = parts.first(where: { $0.value.isLast })?.key, parts.count > Int(last), parts[0]?.isFirst == true
        else { return nil }
        let whole = (0...last).compactMap { parts[$0] }
        // Numbers beyond the last one are a sender's fault; they go with the message.
        fragmentCount -= parts.count
        pendingOctets -= parts.values.reduce(0) { $0 + $1.octets.count }
        messages[key] = nil
        return whole.count == Int(last) + 1 ? whole : nil
    }

    private mutating func take(first: UInt32, count: UInt32) -> [Fragment] {
        var out: [Fragment] = []
        for index in 0..<count {
            guard let fragment = fragments.removeValue(forKey: first &+ index) else { continue }
            pendingOctets -= fragment.octets.count
            fragmentCount -= 1
            out.append(fragment)
        }
        endOfRun[first] = nil
        startOfRun[first &+ count &- 1] = nil
        return out
    }

    mutating func dropFragments() {
        fragments = [:]
        messages = [:]
        fragmentCount = 0
        startOfRun = [:]
        endOfRun = [:]
        pendingOctets = 0
    }
}
