import Evidence
import PacketInput
import RTPSyntax
import StreamMatching

/// RTP that no signalling explains: which flows are media at all, and which belong together.
enum UnsignalledMedia {
    /// Fewer packets than this prove nothing: any UDP payload can look like one RTP packet.
    private static let fewestPackets = 10
    /// Flows between the same sockets that are further apart than this are different calls, seconds.
    private static let pause = 10.0

    /// Groups of flow numbers in order of time, and how many flows were left out as noise.
    static func groups(rows: ContiguousArray<FlowRow>, forced: ForcedPorts = ForcedPorts([]), isFree: (Int) -> Bool) -> (groups: [[Int]], ignored: Int) {
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
    private static func isMedia(_ row: FlowRow) -> Bool {
        row.packets >= fewestPackets && row.otherTypes == 0 && row.jumps * 20 <= row.packets && row.packets * 4 >= row.expected
            && row.payloadTypes.allSatisfy { !(64...95).contains($0.type.value) }
    }
}
