package import Evidence

/// The account of one flow's packets: how many met which fate, and where those are that were not heard.
///
/// Counting a packet that is heard is one addition. Bound: `mostRuns` runs; packets beyond join the last run of their kind.
package struct FateLedger: Sendable {
    /// Packets in a row with one fate. Others may lie between once the bound was reached.
    package struct Run: Sendable, Equatable {
        package let fate: PacketFate
        package let ground: FateGround
        package internal(set) var packets: Int
        package let first: Origin
        package internal(set) var last: Origin
        /// The packet that was used instead of the first, where it is known.
        package let original: Origin?
    }

    package static let mostRuns = 1000

    /// Packets that were heard.
    package internal(set) var heard = 0
    /// The others, by fate.
    private var others = InlineArray<11, Int>(repeating: 0)
    package private(set) var runs: [Run] = []
    /// `heard`, or the packet's number, when the last run was added to: a packet that was heard ends a run.
    private var before = -1

    package init() {}

    /// Packets of all fates.
    package var total: Int { PacketFate.allCases.reduce(0) { $0 + self[$1] } }

    package subscript(fate: PacketFate) -> Int { fate == .heard ? heard : others[fate.rawValue] }

    /// A packet; where it was not heard, why. `number`: which of the flow, where packets that are heard are counted elsewhere.
    @inline(never)
    package mutating func add(_ fate: PacketFate, _ ground: FateGround, _ origin: Origin, of original: Origin? = nil, number: Int? = nil) {
        if fate == .heard {
            heard += 1
            return
        }
        add(
            Run(fate: fate, ground: ground, packets: 1, first: origin, last: origin, original: original),
            follows: number.map { $0 == before + 1 } ?? (before == heard))
        before = number ?? heard
    }

    /// A packet that was taken for heard was not.
    package mutating func withdraw(_ fate: PacketFate, _ ground: FateGround, _ origin: Origin) {
        heard -= 1
        add(fate, ground, origin)
    }

    /// What came of a further part of the flow.
    package mutating func add(_ more: FateLedger) {
        heard += more.heard
        for run in more.runs { add(run, follows: false) }
        before = -1
    }

    private mutating func add(_ run: Run, follows: Bool) {
        others[run.fate.rawValue] += run.packets
        if follows, let last = runs.indices.last, runs[last].fate == run.fate, runs[last].ground == run.ground {
            runs[last].packets += run.packets
            runs[last].last = run.last
        } else if runs.count >= Self.mostRuns, let known = runs.lastIndex(where: { $0.fate == run.fate && $0.ground == run.ground }) {
            runs[known].packets += run.packets
            runs[known].last = run.last
        } else {
            runs.append(run)
        }
    }
}
