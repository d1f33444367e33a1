/// JSON on its way to octets, written front to back into one buffer. Values are not kept: of an open object the text knows where each member begins,
/// and puts the members in order of their keys when it ends.
///
/// Every recording has a sidecar. A tree of values that is sorted and then written was a quarter of what the end of a short recording cost.
struct JSONBuffer {
    /// A member of an open object: a range of the text from its indentation to the line feed before the next member.
    private struct Member {
        /// The key's first octets, which nearly always decide its place.
        let head: UInt64
        let key: String
        let start: Int
        var end = 0
    }

    /// What is open, outermost first.
    private struct Level {
        enum Kind { case undecided, object, array }
        /// Tells it from what was open at this depth before.
        let serial: Int
        var kind = Kind.undecided
        /// Where its first member is among all open ones.
        var firstMember = 0
        var count = 0
        /// False as soon as a key came after a greater one.
        var isSorted = true
    }

    private(set) var octets: [UInt8] = []
    private var levels: [Level] = []
    private var members: [Member] = []
    private var scratch: [UInt8] = []
    private var serials = 0
    /// False where a number cannot be written, or something was written into what had ended.
    private var isWhole = true

    init() { octets.reserveCapacity(16 << 10) }

    /// Ends what is open; nil where the text is not whole.
    mutating func finish() -> [UInt8]? {
        close(to: 0)
        octets.append(0x0A)
        return isWhole ? octets : nil
    }

    // MARK: levels

    /// Begins a value that is to become the last one at `depth`; its own depth is the number of levels around it. Ends what is open below it.
    mutating func begin(depth: Int) -> Int {
        close(to: depth)
        serials += 1
        levels.append(Level(serial: serials))
        return serials
    }

    /// Makes the value an object or an array. Asked twice, it is the same one.
    mutating func open(_ depth: Int, _ serial: Int, isObject: Bool) {
        guard isCurrent(depth, serial) else { return }
        switch (levels[depth].kind, isObject) {
        case (.object, true), (.array, false): return
        case (.undecided, _):
            levels[depth].kind = isObject ? .object : .array
            levels[depth].firstMember = members.count
            octets.append(isObject ? 0x7B : 0x5B)
            octets.append(0x0A)
        default: isWhole = false
        }
    }

    /// Makes room for one more member of the object at `depth`.
    mutating func member(_ depth: Int, _ serial: Int, _ key: String) {
        guard isCurrent(depth, serial) else { return }
        close(to: depth + 1)
        endMember(depth, isObject: true)
        let head = key.leadingOctets
        if levels[depth].count > 0, levels[depth].isSorted {
            let last = members[members.count - 1]
            levels[depth].isSorted = last.head < head || last.head == head && last.key.precedesByOctets(key)
        }
        levels[depth].count += 1
        members.append(Member(head: head, key: key, start: octets.count))
        indent(depth + 1)
        octets.append(jsonString: key)
        octets.append(0x20)
        octets.append(0x3A)
        octets.append(0x20)
    }

    /// Makes room for one more element of the array at `depth`.
    mutating func element(_ depth: Int, _ serial: Int) {
        guard isCurrent(depth, serial) else { return }
        close(to: depth + 1)
        endMember(depth, isObject: false)
        levels[depth].count += 1
        indent(depth + 1)
    }

    /// Elements or members so far.
    func count(_ depth: Int, _ serial: Int) -> Int { levels.indices.contains(depth) && levels[depth].serial == serial ? levels[depth].count : 0 }

    /// What is written into something that has ended would stand in a wrong place.
    private mutating func isCurrent(_ depth: Int, _ serial: Int) -> Bool {
        if depth < levels.count, levels[depth].serial == serial { return true }
        isWhole = false
        return false
    }

    /// Ends the last member, as another one follows.
    private mutating func endMember(_ depth: Int, isObject: Bool) {
        guard levels[depth].count > 0 else { return }
        octets.append(0x2C)
        octets.append(0x0A)
        if isObject { members[members.count - 1].end = octets.count }
    }

    mutating func close(to depth: Int) {
        while levels.count > depth, let level = levels.last {
            levels.removeLast()
            switch level.kind {
            case .undecided: continue
            case .object: if level.count > 0 { sort(level) }
            case .array: break
            }
            octets.append(0x0A)
            indent(levels.count)
            octets.append(level.kind == .object ? 0x7D : 0x5D)
        }
    }

    /// Puts the members of an object that ends in order and forgets them.
    private mutating func sort(_ level: Level) {
        defer { members.removeSubrange(level.firstMember...) }
        guard !level.isSorted else { return }
        // So that members are alike: the last one has a separator, too.
        octets.append(0x2C)
        octets.append(0x0A)
        members[members.count - 1].end = octets.count
        let start = members[level.firstMember].start
        members[level.firstMember...].sort { $0.head == $1.head ? $0.key.precedesByOctets($1.key) : $0.head < $1.head }
        scratch.removeAll(keepingCapacity: true)
        for member in members[level.firstMember...] { scratch += octets[member.start..<member.end] }
        scratch.removeLast(2)
        octets.removeSubrange(start...)
        octets += scratch
    }

    private mutating func indent(_ depth: Int) { for _ in 0..<2 * depth { octets.append(0x20) } }

    // MARK: scalars

    mutating func null() { octets += "null".utf8 }
    mutating func bool(_ value: Bool) { octets += (value ? "true" : "false").utf8 }
    mutating func string(_ value: String) { octets.append(jsonString: value) }

    mutating func integer(_ value: some BinaryInteger) {
        guard let small = Int64(exactly: value) else {
            octets += String(value).utf8
            return
        }
        var rest = small.magnitude
        if small < 0 { octets.append(0x2D) }
        let start = octets.count
        repeat {
            octets.append(0x30 + UInt8(truncatingIfNeeded: rest % 10))
            rest /= 10
        } while rest > 0
        octets[start...].reverse()
    }

    /// The shortest text that reads back as the same number; whole numbers without a fraction.
    mutating func number(_ value: some BinaryFloatingPoint & CustomStringConvertible) {
        guard value.isFinite else {
            isWhole = false
            return
        }
        // Up to here, digits and no exponent.
        if let whole = Int64(exactly: value), whole.magnitude < 1_000_000_000_000_000, whole != 0 || value.sign == .plus { return integer(whole) }
        let text = value.description
        octets += (text.hasSuffix(".0") ? text.dropLast(2) : text[...]).utf8
    }
}
