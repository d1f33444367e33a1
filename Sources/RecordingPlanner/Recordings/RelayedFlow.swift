import CaptureSurvey
import Evidence
import RecordingPlan
import SIPDialogs
import StreamMatching

/// A flow without signalling that carries the media of a signalled one on another hop, or runs beside one that does, the other way.
struct RelayedFlow: Equatable {
    /// Row in the flow table.
    let flow: Int
    /// Who is heard on it.
    let sender: Side
    /// Its packets are those of a flow of the dialog; otherwise it only runs the other way between the same sockets.
    let isProven: Bool

    /// Earlier flows with the same packet that each flow is compared with.
    private static let neighbours = 4

    private struct Owner {
        let dialog: Int
        let sender: Side
        let lag: Double
    }

    /// Takes the groups out that carry media of calls.
    static func take(
        from groups: inout [[Int]], _ survey: Survey, _ streams: NegotiatedStreams, _ matching: FlowMatching, _ media: SameMedia
    ) -> [Int: [RelayedFlow]] {
        guard !groups.isEmpty else { return [:] }
        let owners = owners(of: groups.flatMap(\.self), survey, streams, matching, media)
        var out: [Int: [RelayedFlow]] = [:]
        var rest: [[Int]] = []
        for group in groups {
            let known = group.compactMap { flow in owners[flow].map { (flow: flow, owner: $0) } }
            guard let first = known.first, known.allSatisfy({ $0.owner.dialog == first.owner.dialog }) else {
                rest.append(group)
                continue
            }
            for flow in group {
                let sender: Side
                if let owner = owners[flow] {
                    sender = owner.sender
                } else {
                    let isSameWay = survey.flows.rows[flow].path == survey.flows.rows[first.flow].path
                    sender = isSameWay ? first.owner.sender : first.owner.sender.other
                }
                out[first.owner.dialog, default: []].append(RelayedFlow(flow: flow, sender: sender, isProven: owners[flow] != nil))
            }
        }
        groups = rest
        return out
    }

    /// Whose media each of the flows carries, where packets prove it and the path can be another hop.
    private static func owners(
        of flows: [Int], _ survey: Survey, _ streams: NegotiatedStreams, _ matching: FlowMatching, _ media: SameMedia
    ) -> [Int: Owner] {
        let wanted = Set(flows)
        let signalled = matching.matches.compactMap(\.self).filter { match in
            let stream = streams[match.stream]
            return stream.kind == "audio" && survey.dialogs[stream.dialog].role == .communication
        }
        let entries = media.entries(of: flows + signalled.map(\.flow))
        var compared: Set<Int> = []
        var out: [Int: Owner] = [:]
        for (place, entry) in entries.enumerated() {
            for earlier in entries[max(0, place - neighbours)..<place]
            where earlier.isNear(entry) && wanted.contains(earlier.flow) != wanted.contains(entry.flow) {
                let (own, other) = wanted.contains(entry.flow) ? (entry.flow, earlier.flow) : (earlier.flow, entry.flow)
                guard compared.insert(own << 32 | other).inserted, let match = matching.matches[other], case .same(let proof) = media.compare(other, own),
                    media.liesBehind(other, own)
                else { continue }
                let stream = streams[match.stream]
                if let known = out[own], abs(known.lag) <= abs(proof.lag) { continue }
                out[own] = Owner(dialog: stream.dialog, sender: stream.sender, lag: proof.lag)
            }
        }
        return out
    }
}
