package import Evidence
import SIPDialogs

/// The part of a flow that a stream has after another one had its line or address.
package struct FlowSuccession: Sendable {
    /// The flow with the stream that goes on with it.
    package let match: FlowMatch
    package let from: CaptureTime
    /// Exclusive; `distantFuture` for the last one.
    package internal(set) var until: CaptureTime
}

/// Sources that go on while the line or the socket that they send on is given to somebody else.
extension FlowMatcher {
    /// Packets this long after a change are those on their way, seconds.
    private static let onTheWay = 0.2
    /// Clocks of two captures may have the next description this long before the end of the one before.
    private static let clockSlack = 0.5

    /// Who has which part of the flows that outlive the stream they are matched with: by flow, in order of time. A stream with a source of its own
    /// takes over no other.
    package func successions(_ matches: [FlowMatch?], _ rows: ContiguousArray<FlowRow>) -> [Int: [FlowSuccession]] {
        var taken = Set(matches.lazy.compactMap { $0 }.filter { rows[$0.flow].packets >= Self.fewest }.map(\.stream))
        var out: [Int: [FlowSuccession]] = [:]
        for case let match? in matches where rows[match.flow].packets >= Self.fewest {
            let row = rows[match.flow]
            var current = match.stream
            while let end = lastUse(of: row.path, by: current), end.advanced(bySeconds: Self.onTheWay) < row.lastArrival,
                let next = successor(of: current, at: end, row, taken)
            {
                let from = max(end, begin(next))
                var parts = out[match.flow] ?? [FlowSuccession(match: match, from: .distantPast, until: .distantFuture)]
                parts[parts.count - 1].until = from
                let reason = "the source goes on after the stream before it gave its address away"
                parts.append(FlowSuccession(match: match.moved(to: next.stream, .medium, reason), from: from, until: .distantFuture))
                out[match.flow] = parts
                taken.insert(next.stream)
                current = next.stream
            }
        }
        return out
    }

    /// When a stream had the addresses of the path for the last time; nil while it has them.
    private func lastUse(of path: NetworkPath, by stream: Int) -> CaptureTime? {
        let last = streams[stream].epochs.last { names($0, path) }
        let ends = [last?.until, end(stream)].compactMap(\.self)
        return ends.min()
    }

    private func names(_ epoch: NegotiationEpoch, _ path: NetworkPath) -> Bool {
        epoch.destination == path.destination || epoch.destinationCandidates.contains(path.destination)
    }

    /// The first stream after `end` that is to be sent to the same address from the same port.
    private func successor(of stream: Int, at end: CaptureTime, _ row: FlowRow, _ taken: Set<Int>) -> Candidate? {
        guard let candidates = byDestination[row.path.destination] else { return nil }
        let earliest = end.advanced(bySeconds: -Self.clockSlack)
        let latest = row.lastArrival.advanced(bySeconds: -Self.onTheWay)
        var near = candidates[...]
        if candidates.count > Self.crowd {
            // In order of time.
            var (low, high) = (0, candidates.count)
            while low < high {
                let middle = (low + high) / 2
                if begin(candidates[middle]) < earliest { low = middle + 1 } else { high = middle }
            }
            near = candidates[low..<min(candidates.count, low + Self.crowd)]
        }
        let isAtPort = streams[stream].epochs.contains { $0.source?.port == row.path.source.port }
        let fitting = near.filter { candidate in
            let epoch = streams[candidate.stream].epochs[candidate.epoch]
            return candidate.stream != stream && !taken.contains(candidate.stream) && epoch.isActive && epoch.isAnswered && epoch.from >= earliest
                && epoch.from < latest && streams[candidate.stream].kind == streams[stream].kind
                && (!isAtPort || epoch.source?.port == row.path.source.port)
        }
        return fitting.min { (begin($0), $0.stream) < (begin($1), $1.stream) }
    }
}
