import CaptureSurvey
import Evidence
import RecordingMetadata
import RecordingPlan
import SIPDialogs

/// Which dialogs, or communication sessions inside them, are one conversation.
///
/// Communication sessions are one conversation where a group ties them together (RFC 7865 section 6.2), where they are one session that two
/// recording sessions carry (section 6.3), and where inside one recording session the next begins as the one before ends with a party, or
/// a half of a SIP session identifier, in common: a transfer (RFC 8068 section 3.2). Sessions that overlap in one recording session share
/// its media and cannot be told apart by time. Identifiers join different dialogs only where they are 16 octets in base64 as the RFC asks:
/// products that write constants or counters would otherwise join strangers. Universal call identifiers and session identifiers of both
/// ends join, too; a half of one, which a consultation shares with the call before it, does not. Hops of one call are found by their media
/// (`HopFinder`).
struct ConversationGrouping {
    /// One communication session in one dialog, or a dialog without any.
    private struct Node {
        let dialog: Int
        let session: SessionHistory?
        let parties: Set<String>

        var start: CaptureTime { session?.intervals.first?.start ?? .distantPast }
        var end: CaptureTime { session.map { $0.intervals.last.map { $0.end ?? .distantFuture } ?? .distantPast } ?? .distantFuture }
    }

    /// A successor that begins within this many seconds of the end of a session continues it.
    private static let handover = 2.0
    /// A recording session that takes over from one that ended begins within this many seconds (RFC 7245 section 3.1: another SRS).
    private static let failover = 120.0

    private var nodes: [Node] = []
    private var parent: [Int] = []

    private mutating func root(of index: Int) -> Int {
        var at = index
        while parent[at] != at {
            parent[at] = parent[parent[at]]
            at = parent[at]
        }
        return at
    }

    private mutating func join(_ left: Int, _ right: Int) {
        let (a, b) = (root(of: left), root(of: right))
        if a != b { parent[max(a, b)] = min(a, b) }
    }

    /// Conversations in order of their first dialog, then of time.
    static func conversations(
        dialogs: [SIPDialog], timelines: [Int: MetadataTimeline], hops: [HopPair], by rule: ConversationRule, wanted: (SIPDialog) -> Bool
    ) -> [Conversation] {
        var grouping = ConversationGrouping()
        for index in dialogs.indices where wanted(dialogs[index]) { grouping.add(index, rule == .dialog ? nil : timelines[index]) }
        if rule != .dialog {
            grouping.joinIdentifiers(dialogs, timelines, withGroups: rule == .conversation)
            grouping.joinHops(hops)
            grouping.joinNeighbours(isHandover: rule == .conversation)
        }
        return grouping.result(dialogs)
    }

    private mutating func add(_ dialog: Int, _ timeline: MetadataTimeline?) {
        let sessions = (timeline?.sessions ?? []).filter { !$0.intervals.isEmpty }
        if sessions.isEmpty { nodes.append(Node(dialog: dialog, session: nil, parties: [])) }
        for session in sessions {
            let parties = (timeline?.participants ?? []).filter { $0.sessions.contains { $0.sessionID == session.id } }.map(\.id)
            nodes.append(Node(dialog: dialog, session: session, parties: Set(parties)))
        }
        parent = Array(nodes.indices)
    }

    private mutating func joinIdentifiers(_ dialogs: [SIPDialog], _ timelines: [Int: MetadataTimeline], withGroups: Bool) {
        var owners: [String: Int] = [:]
        var sessions: [Int: Int] = [:]
        for node in nodes { sessions[node.dialog, default: 0] += 1 }
        for index in nodes.indices {
            let dialog = dialogs[nodes[index].dialog]
            // A recording session with several communication sessions has one call's identifier at most, and not every call's.
            if dialog.role == .recording, sessions[nodes[index].dialog] == 1 {
                for id in SharedIdentifiers.universal(of: dialog).sorted() { join(index, by: "ucid \(id)", dialogs, &owners, within: Self.failover) }
            }
            guard let session = nodes[index].session else {
                joinDialog(index, dialogs, &owners)
                continue
            }
            for id in SharedIdentifiers.universal(of: session, in: timelines[nodes[index].dialog]).sorted() {
                join(index, by: "ucid \(id)", dialogs, &owners, within: Self.failover)
            }
            for pair in SharedIdentifiers.sessionPairs(session.sipSessionIDs).sorted() {
                join(index, by: "communication \(pair)", dialogs, &owners, within: Self.failover)
            }
            var keys = ["session " + (Self.isGlobal(session.id) ? session.id : "\(nodes[index].dialog) \(session.id)")]
            if withGroups, let group = session.groupID { keys.append("group " + (Self.isGlobal(group) ? group : "\(nodes[index].dialog) \(group)")) }
            for key in keys {
                join(index, by: key, dialogs, &owners, within: Self.failover)
            }
        }
    }

    /// Dialogs without metadata: both legs of a call that a phone or gateway records by two dialogs.
    private mutating func joinDialog(_ index: Int, _ dialogs: [SIPDialog], _ owners: inout [String: Int]) {
        let dialog = dialogs[nodes[index].dialog]
        guard dialog.role == .recording, let pairing = VendorRecording.pairing(of: dialog) else { return }
        join(index, by: "legs \(pairing)", dialogs, &owners, within: Self.handover)
    }

    private mutating func joinHops(_ hops: [HopPair]) {
        guard !hops.isEmpty else { return }
        let places = Dictionary(nodes.indices.map { (nodes[$0].dialog, $0) }) { first, _ in first }
        for pair in hops {
            if let left = places[pair.left], let right = places[pair.right] { join(left, right) }
        }
    }

    private mutating func join(_ index: Int, by key: String, _ dialogs: [SIPDialog], _ owners: inout [String: Int], within seconds: Double) {
        guard let owner = owners[key], Self.areNear(dialogs[nodes[owner].dialog], dialogs[nodes[index].dialog], within: seconds) else {
            owners[key] = index
            return
        }
        join(owner, index)
        if nodes[index].dialog > nodes[owner].dialog { owners[key] = index }
    }

    /// Recording sessions of one conversation overlap or follow each other. The same identifier at another time is a product that copies
    /// it from an example.
    private static func areNear(_ left: SIPDialog, _ right: SIPDialog, within seconds: Double) -> Bool {
        let leftEnd = left.end ?? left.messages.last?.time ?? left.start
        let rightEnd = right.end ?? right.messages.last?.time ?? right.start
        return right.start.seconds(since: leftEnd) <= seconds && left.start.seconds(since: rightEnd) <= seconds
    }

    private mutating func joinNeighbours(isHandover: Bool) {
        let order = nodes.indices.sorted { (nodes[$0].dialog, nodes[$0].start, $0) < (nodes[$1].dialog, nodes[$1].start, $1) }
        var open: (node: Int, end: CaptureTime)?
        for index in order {
            defer { if open.map({ nodes[index].end > $0.end || nodes[$0.node].dialog != nodes[index].dialog }) ?? true { open = (index, nodes[index].end) } }
            guard let (before, end) = open, nodes[before].dialog == nodes[index].dialog else { continue }
            let gap = nodes[index].start.seconds(since: end)
            if gap < -Self.handover || (isHandover && gap <= Self.handover && haveCommonParty(before, index)) { join(before, index) }
        }
    }

    private func haveCommonParty(_ left: Int, _ right: Int) -> Bool {
        if !nodes[left].parties.isDisjoint(with: nodes[right].parties) { return true }
        let halves = { (node: Int) in Set((nodes[node].session?.sipSessionIDs ?? []).flatMap(SessionIdentifier.halves)) }
        return !halves(left).isDisjoint(with: halves(right))
    }

    private mutating func result(_ dialogs: [SIPDialog]) -> [Conversation] {
        var members: [Int: [Int]] = [:]
        for index in nodes.indices { members[root(of: index), default: []].append(index) }
        // How many conversations each dialog has.
        var counts: [Int: Set<Int>] = [:]
        for (root, indices) in members { for index in indices { counts[nodes[index].dialog, default: []].insert(root) } }
        return members.sorted { $0.key < $1.key }.map { root, indices in
            var conversation = Conversation(dialogs: Array(Set(indices.map { nodes[$0].dialog })).sorted())
            for index in indices where counts[nodes[index].dialog, default: []].count > 1 {
                guard let session = nodes[index].session else { continue }
                conversation.sessions[nodes[index].dialog, default: []].insert(session.id)
            }
            let first = indices.min { (nodes[$0].start, $0) < (nodes[$1].start, $1) }.flatMap { nodes[$0].session }
            if let group = first?.groupID, Self.isGlobal(group) {
                conversation.key = .global("group \(group)")
            } else if let first, Self.isGlobal(first.id) {
                conversation.key = .global("session \(first.id)")
            } else if let first, !conversation.sessions.isEmpty {
                conversation.key = .within("session \(first.id)")
            }
            return conversation
        }
    }

    /// 16 octets in base64 (RFC 7865 section 6.10), or a UUID in its own text form with a proper version and variant (RFC 9562 section 4):
    /// some products write counters in the shape of a UUID.
    static func isGlobal(_ id: String) -> Bool {
        if Base64.decode(id)?.count == 16 { return true }
        let text = Array((id.hasPrefix("urn:uuid:") ? id.dropFirst(9) : id[...]).utf8)
        guard text.count == 36, [8, 13, 18, 23].allSatisfy({ text[$0] == 0x2D }) else { return false }
        let digits = text.filter { $0 != 0x2D }
        guard digits.count == 32, Hex.decode(String(decoding: digits, as: UTF8.self)) != nil else { return false }
        return (0x31...0x38).contains(digits[12]) && [0x38, 0x39, 0x61, 0x62, 0x41, 0x42].contains(digits[16])
    }
}
