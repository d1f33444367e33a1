import Evidence
import SIPDialogs

/// Sockets that several calls announce at once: each source that is heard there belongs to one of them.
extension FlowMatcher {
    /// Sources that last together for this many seconds are no change of source.
    private static let together = 0.5
    /// Fewer packets are a stray.
    static let fewest = 10
    /// Media may come this long before the answer that asks for it, or after the end.
    private static let slack = 0.2
    /// Costs that differ less, in seconds, decide nothing.
    private static let distinct = 0.1

    /// The best match of every flow. Where flows of several sources fit the same streams at once, each call gets one source before any gets two, by
    /// when calls were answered and ended; where times do not tell either, the match is of low confidence. `mid`: as for `match`, by flow.
    package func matches(_ rows: ContiguousArray<FlowRow>, mid: (Int, UInt8) -> String? = { _, _ in nil }) -> [FlowMatch?] {
        var out = rows.indices.map { flow in match(rows[flow], number: flow) { mid(flow, $0) } }
        let ambiguous = out.compactMap { $0 }.filter { !$0.alternatives.isEmpty && rows[$0.flow].packets >= Self.fewest }
        guard ambiguous.count > 1 else { return out }
        var used: [Int: [FlowRow]] = [:]
        for group in contended(ambiguous, rows) {
            for match in group {
                let row = rows[match.flow]
                let choice = choose(row, [match.stream] + match.alternatives, used)
                used[choice.stream, default: []].append(row)
                let others = match.alternatives.count
                let told = "\(others == 1 ? "another call announces" : "\(others) other calls announce") this socket, too; "
                out[match.flow] = match.moved(
                    to: choice.stream, choice.isClear ? .medium : .low,
                    told + (choice.isClear ? "begin and end fit this call" : "nothing tells which of them this source belongs to"))
            }
        }
        return out
    }

    /// Flows of several sources at once that fit the same streams, in order of time.
    private func contended(_ matches: [FlowMatch], _ rows: ContiguousArray<FlowRow>) -> [[FlowMatch]] {
        var groups: [Int: [FlowMatch]] = [:]
        // Whatever fits one of a set of streams mostly fits all of it.
        var heads: [Int: Int] = [:]
        for match in matches {
            let streams = [match.stream] + match.alternatives
            let head = streams.lazy.compactMap { heads[$0] }.first ?? match.stream
            for stream in streams where heads[stream] == nil { heads[stream] = head }
            groups[head, default: []].append(match)
        }
        return groups.sorted { $0.key < $1.key }.compactMap { _, group in
            let ordered = group.sorted { (rows[$0.flow].firstArrival, $0.flow) < (rows[$1.flow].firstArrival, $1.flow) }
            var latest: FlowRow?
            var isContended = false
            for match in ordered {
                let row = rows[match.flow]
                if let before = latest, before.ssrc != row.ssrc, min(before.lastArrival, row.lastArrival).seconds(since: row.firstArrival) > Self.together {
                    isContended = true
                }
                if latest.map({ row.lastArrival > $0.lastArrival }) ?? true { latest = row }
            }
            return isContended ? ordered : nil
        }
    }

    private func choose(_ row: FlowRow, _ streams: [Int], _ used: [Int: [FlowRow]]) -> (stream: Int, isClear: Bool) {
        var best: (rank: Int, cost: Double, stream: Int)?
        var next = Double.infinity
        for stream in streams {
            let (answered, end) = (answered(stream) ?? row.firstArrival, end(stream))
            let others = used[stream] ?? []
            let isFree = !others.contains { other in
                other.ssrc != row.ssrc && other.overlap(with: row) > Self.together
            }
            let isPlausible =
                row.firstArrival.seconds(since: answered) >= -Self.slack && (end.map { row.firstArrival.seconds(since: $0) <= Self.slack } ?? true)
            let rank = others.isEmpty && isPlausible ? 0 : isFree && isPlausible ? 1 : isFree ? 2 : 3
            let cost = abs(row.firstArrival.seconds(since: answered)) + (end.map { abs($0.seconds(since: row.lastArrival)) } ?? 0)
            if let known = best {
                if (rank, cost, stream) < (known.rank, known.cost, known.stream) {
                    next = rank == known.rank ? known.cost : .infinity
                    best = (rank, cost, stream)
                } else if rank == known.rank {
                    next = min(next, cost)
                }
            } else {
                best = (rank, cost, stream)
            }
        }
        guard let best else { return (streams[0], false) }
        return (best.stream, best.rank == 0 && next - best.cost > Self.distinct)
    }
}
