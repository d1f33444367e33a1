import Evidence
import RecordingMetadata
import SIPDialogs

/// Which dialogs are one conversation.
///
/// Recording sessions are one where they share a communication session or a group of them (RFC 7865 sections 6.2 and 6.3): a transfer, a
/// consultation, a second recorder. Identifiers join dialogs only where they are 16 octets in base64 as the RFC asks: products that write
/// constants or counters would otherwise join strangers.
struct ConversationGrouping {
    private var parent: [Int]

    init(count: Int) { parent = Array(0..<count) }

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

    /// Groups of dialog indices, each ascending, in order of their first dialog.
    static func groups(dialogs: [SIPDialog], timelines: [Int: MetadataTimeline], wanted: (SIPDialog) -> Bool) -> [[Int]] {
        var grouping = ConversationGrouping(count: dialogs.count)
        var owners: [String: Int] = [:]
        for index in dialogs.indices {
            guard let timeline = timelines[index] else { continue }
            var keys = timeline.sessions.map(\.id).filter(isGlobal).map { "session \($0)" }
            keys += timeline.sessions.compactMap(\.groupID).filter(isGlobal).map { "group \($0)" }
            for key in keys {
                if let owner = owners[key] { grouping.join(owner, index) } else { owners[key] = index }
            }
        }
        var members: [Int: [Int]] = [:]
        for index in dialogs.indices where wanted(dialogs[index]) { members[grouping.root(of: index), default: []].append(index) }
        return members.values.sorted { $0[0] < $1[0] }
    }

    private static func isGlobal(_ id: String) -> Bool { Base64.decode(id)?.count == 16 }
}
