import Evidence
import MediaCodecs

/// Puts frames in order that were dealt out over a group of packets (RFC 4867 section 4.4.1), and numbers them so that the rest of the playout sees
/// a stream of one frame a packet.
///
/// Packet `i` of a group of `n` has the frames `i`, `i + n`, `i + 2n` and so on, and the timestamp of its first. Frames get numbers of their own, in
/// the order of time: those of a packet that did not come stay free, and so are missed as any packet is.
struct Deinterleaver {
    /// What became of one packet.
    enum Outcome: Equatable { case taken, duplicate, late }

    /// A frame, as a packet of its own.
    struct Part {
        let entry: PlayoutEntry
        let payload: [UInt8]
    }

    private struct Slot {
        let entry: PlayoutEntry
        /// A payload for each frame; nil where the packet could not be read.
        let payloads: [[UInt8]]?
    }

    private struct Group {
        let base: SequenceNumber
        let length: Int
        let step: Int
        let arrival: CaptureTime
        var slots: [Slot?]

        var isComplete: Bool { !slots.contains { $0 == nil } }
        var frames: Int { slots.map { $0?.payloads?.count ?? 0 }.max() ?? 0 }
    }

    /// Groups that wait for packets, at most; the next one makes the first go without.
    private static let mostGroups = 4
    /// Groups that are remembered after they went.
    private static let remembered = 64
    /// A step of the numbers by more is another numbering.
    private static let farthest = 3000

    private let clock: Int
    private let patience: Double
    /// In the order of their numbers.
    private var groups: [Group] = []
    private var gone: [(base: SequenceNumber, slots: UInt16)] = []
    /// The packet that comes after all that went, and the number of its first frame.
    private var next: SequenceNumber
    private var nextNumber: Int
    private var frames = 1
    private var length = 1
    private var step = 160
    private var hasBegun = false
    private var highest: SequenceNumber

    private(set) var lost = 0
    private(set) var duplicates = 0
    private(set) var reordered = 0
    private(set) var late = 0

    /// `clock`: RTP clock. `patience`: seconds for which a group waits for what is missing, beside its own length.
    init(startingAt first: SequenceNumber, clock: Int, patience: Double) {
        self.clock = max(1, clock)
        self.patience = patience
        next = first
        highest = first
        nextNumber = Int(first.value)
    }

    /// Takes a packet and what it was taken apart into; nil where it could not be, and then it lies in the group that its number says. `other`: the
    /// payload of a packet that is not to be taken apart.
    mutating func add(_ entry: PlayoutEntry, _ parts: SeparatedFrames?, other: [UInt8]? = nil) -> Outcome {
        let place: (base: SequenceNumber, index: Int, length: Int)
        if let parts {
            place = (SequenceNumber(entry.sequence.value &- UInt16(truncatingIfNeeded: parts.index)), parts.index, parts.groupLength)
        } else if other == nil {
            let distance = entry.sequence.distance(from: next)
            let index = ((distance % length) + length) % length
            place = (SequenceNumber(entry.sequence.value &- UInt16(truncatingIfNeeded: index)), index, length)
        } else {
            place = (entry.sequence, 0, 1)
        }
        if let known = gone.last(where: { $0.base == place.base }) {
            if known.slots >> UInt16(place.index) & 1 == 1 {
                duplicates += 1
                return .duplicate
            }
            late += 1
            return .late
        }
        if let index = groups.firstIndex(where: { $0.base == place.base && $0.length == place.length }) {
            guard groups[index].slots[place.index] == nil else {
                duplicates += 1
                return .duplicate
            }
            groups[index].slots[place.index] = Slot(entry: entry, payloads: parts?.payloads)
        } else {
            var group = Group(
                base: place.base, length: place.length, step: parts?.step ?? step, arrival: entry.arrival, slots: Array(repeating: nil, count: place.length))
            group.slots[place.index] = Slot(entry: entry, payloads: other.map { [$0] } ?? parts?.payloads)
            let order = place.base.distance(from: next)
            groups.insert(group, at: groups.firstIndex { $0.base.distance(from: next) > order } ?? groups.count)
        }
        let ahead = entry.sequence.distance(from: highest)
        if ahead >= 0 { highest = entry.sequence } else if ahead > -Self.remembered { reordered += 1 }
        return .taken
    }

    /// When the first group has waited long enough; nil when none waits.
    var deadline: CaptureTime? { groups.first.map { $0.arrival.advanced(bySeconds: seconds(of: $0)) } }

    private func seconds(of group: Group) -> Double { patience + Double(group.length * max(frames, group.frames) * group.step) / Double(clock) }

    /// The frames of groups that are complete, or have waited long enough, in the order of their numbers: a group that waits holds up those behind
    /// it, so that its frames do not come too late for their places. `atEnd`: of all.
    mutating func take(now: CaptureTime, atEnd: Bool = false) -> [Part] {
        var out: [Part] = []
        while let first = groups.first, isReady(first, now, atEnd) {
            groups.removeFirst()
            out += parts(of: first, isLast: atEnd && groups.isEmpty)
        }
        return out
    }

    private func isReady(_ group: Group, _ now: CaptureTime, _ atEnd: Bool) -> Bool {
        if group.isComplete || atEnd || groups.count > Self.mostGroups { return true }
        return now > group.arrival.advanced(bySeconds: seconds(of: group))
    }

    private mutating func parts(of group: Group, isLast: Bool) -> [Part] {
        let distance = group.base.distance(from: next)
        let isContinued = abs(distance) <= Self.farthest
        let count = max(1, group.frames > 0 ? group.frames : frames)
        // Numbers of what was lost between two groups are those that as many frames as in the last would have had.
        let first = isContinued ? nextNumber + distance * frames : nextNumber + 4 * Self.farthest
        // A group that comes after the next was among those that were missing between two.
        if hasBegun, isContinued { lost += distance >= 0 ? distance : -group.length }
        countLost(group, isLast: isLast)
        var out: [Part] = []
        for frame in 0..<count {
            for index in group.slots.indices {
                guard let slot = group.slots[index] else { continue }
                if let payloads = slot.payloads, frame >= payloads.count { continue }
                out.append(part(slot, frame: frame, of: slot.payloads?.count ?? count, group, number: first + frame * group.length + index))
            }
        }
        if !isContinued || distance >= 0 {
            next = SequenceNumber(group.base.value &+ UInt16(truncatingIfNeeded: group.length))
            nextNumber = first + count * group.length
        }
        hasBegun = true
        frames = count
        length = group.length
        step = group.step
        gone.append((group.base, group.slots.indices.reduce(0) { $0 | (group.slots[$1] == nil ? 0 : 1 << UInt16($1)) }))
        if gone.count > Self.remembered { gone.removeFirst() }
        return out
    }

    /// A frame with the time that it stands for, and with an arrival as late for that time as the packet's last frame was: no packet leaves before
    /// its last frame was spoken. A packet whose frames are one behind the other is as late as its first.
    private func part(_ slot: Slot, frame: Int, of count: Int, _ group: Group, number: Int) -> Part {
        let units = frame * group.length * group.step
        let shift = (frame * group.length - (count - 1) * (group.length - 1)) * group.step
        var entry = PlayoutEntry(
            sequence: SequenceNumber(UInt16(truncatingIfNeeded: number)),
            timestamp: RTPTimestamp(slot.entry.timestamp.value &+ UInt32(truncatingIfNeeded: units)), payloadType: slot.entry.payloadType,
            arrival: slot.entry.arrival.advanced(bySeconds: Double(shift) / Double(clock)), origin: slot.entry.origin,
            unavailable: slot.entry.unavailable ?? (slot.payloads == nil ? .unknown : nil))
        entry.recovery = slot.entry.recovery
        entry.isCounted = frame == 0 && slot.entry.isCounted
        return Part(entry: entry, payload: slot.payloads?[frame] ?? [])
    }

    /// What is missing at the very ends was perhaps never captured.
    private mutating func countLost(_ group: Group, isLast: Bool) {
        let present = group.slots.indices.filter { group.slots[$0] != nil }
        guard let from = present.first, let to = present.last else { return }
        let counted = (hasBegun ? 0 : from)..<(isLast ? to + 1 : group.length)
        lost = max(0, lost + counted.count { group.slots[$0] == nil })
    }
}
