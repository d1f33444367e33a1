import CaptureSurvey
import Evidence
import PacketInput
import RTPSyntax
import RecordingPlan
import RecordingRecords
import SIPDialogs
import StreamMatching

/// RTP that no session description in the capture explains: which flows are media at all, and which belong together.
struct UnsignalledMedia {
    /// What flows between the two hosts of a dialog that has no readable description, while it lasts: groups of flows, by dialog.
    let adopted: [Int: [[Int]]]
    /// Flows that relay the media of a dialog further on, or bring it, on a path of which no signalling is in the capture; by dialog.
    let relayed: [Int: [RelayedFlow]]
    /// All others, in groups of one call each.
    let groups: [[Int]]
    /// The latter by their hosts.
    let strays: StrayFlows
    /// How many flows were left out as noise.
    let ignored: Int

    var isEmpty: Bool { adopted.isEmpty && groups.isEmpty && relayed.isEmpty }

    init(_ survey: Survey, _ streams: NegotiatedStreams, _ matching: FlowMatching, media: SameMedia, rules: [DecodeRule], by rule: ConversationRule) {
        let rows = survey.flows.rows
        let found = Self.groups(rows: rows, forced: ForcedPorts(rules)) { matching.matches[$0] == nil }
        ignored = found.ignored
        var open: [HostPair: [Int]] = [:]
        for (index, dialog) in survey.dialogs.enumerated() where dialog.answered != nil && streams.ofDialog[index].isEmpty {
            guard let client = dialog.client.endpoint?.address, let server = dialog.server.endpoint?.address, client != server else { continue }
            open[HostPair(client, server), default: []].append(index)
        }
        var adopted: [Int: [[Int]]] = [:]
        var rest: [[Int]] = []
        for group in found.groups {
            let hosts = group.map { HostPair(rows[$0].path) }
            let fitting = (open[hosts[0]] ?? []).filter { dialog in hosts.allSatisfy { $0 == hosts[0] } && Self.fits(group, rows, survey.dialogs[dialog]) }
            if fitting.count == 1 { adopted[fitting[0], default: []].append(group) } else { rest.append(group) }
        }
        self.adopted = adopted
        relayed = rule == .dialog ? [:] : RelayedFlow.take(from: &rest, survey, streams, matching, media)
        groups = rest
        strays = StrayFlows(rest.flatMap(\.self).map { rows[$0] }, all: rows)
    }

    /// Whether all of a group lies in the time of a dialog between the same hosts.
    private static func fits(_ group: [Int], _ rows: ContiguousArray<FlowRow>, _ dialog: SIPDialog) -> Bool {
        let begin = dialog.start.advanced(bySeconds: -1)
        let end = dialog.end?.advanced(bySeconds: 2) ?? .distantFuture
        return group.allSatisfy { rows[$0].firstArrival >= begin && rows[$0].lastArrival <= end }
    }

    /// Fewer packets than this prove nothing: any UDP payload can look like one RTP packet.
    private static let fewestPackets = 10
    /// Flows between the same sockets that are further apart than this are different calls, seconds.
    private static let pause = 10.0

    /// Groups of flow numbers in order of time, and how many flows were left out as noise.
    private static func groups(rows: ContiguousArray<FlowRow>, forced: ForcedPorts, isFree: (Int) -> Bool) -> (groups: [[Int]], ignored: Int) {
        var ignored = 0
        var open: [String: Int] = [:]
        var groups: [(flows: [Int], last: CaptureTime)] = []
        let order = rows.indices.filter(isFree).sorted { (rows[$0].firstArrival, rows[$0].firstOrigin) < (rows[$1].firstArrival, rows[$1].firstOrigin) }
        for flow in order {
            let row = rows[flow]
            guard isMedia(row) || !forced.isEmpty && forced.kind(of: row.path) == .rtp else {
                ignored += 1
                continue
            }
            let key = [row.path.source, row.path.destination].sorted().map(\.description).joined(separator: " ")
            if let index = open[key], row.firstArrival.seconds(since: groups[index].last) <= pause {
                groups[index].flows.append(flow)
                groups[index].last = max(groups[index].last, row.lastArrival)
            } else {
                open[key] = groups.count
                groups.append(([flow], row.lastArrival))
            }
        }
        return (groups.map(\.flows), ignored)
    }

    /// Sequence numbers that mostly count up, and few payload types: chance does not make that.
    static func isMedia(_ row: FlowRow) -> Bool {
        row.packets >= fewestPackets && !row.isNumberless && row.otherTypes == 0 && row.jumps * 20 <= row.packets && row.packets * 4 >= row.expected
            && row.payloadTypes.allSatisfy { !(64...95).contains($0.type.value) }
    }
}

/// Two hosts, whichever sends.
private struct HostPair: Hashable {
    private let first: IPAddress
    private let second: IPAddress

    init(_ one: IPAddress, _ other: IPAddress) { (first, second) = one < other ? (one, other) : (other, one) }

    init(_ path: NetworkPath) { self.init(path.source.address, path.destination.address) }
}
