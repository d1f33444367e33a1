import CaptureSurvey
import Evidence
import RecordingPlan
import SDPSyntax
import SIPDialogs
import StreamMatching

/// Two dialogs that are hops of one call.
struct HopPair: Equatable {
    let left: Int
    let right: Int
}

/// Which dialogs are hops of one call: those whose media are the same, and those of which the signalling says so beyond doubt while the media do
/// not contradict. What is only alike, or names another call, is not enough (`DialogRelations`).
///
/// Candidates are found by sorting what they have in common; a dialog is compared with the latest few that have the same, so that a thousand calls
/// at once of a load generator are no quadratic work.
struct HopFinder {
    private let survey: Survey
    private let streams: NegotiatedStreams
    private let matching: FlowMatching
    private let media: SameMedia
    /// Dialogs that may be hops, with the time that each lasts.
    private var spans: [Int: (from: CaptureTime, until: CaptureTime)] = [:]
    /// Audio flows of each of these dialogs by who sends.
    private var voices: [Int: [Side: [Int]]] = [:]
    private var candidates: [Candidate] = []
    private var known: Set<Int> = []

    /// What two dialogs have in common, the strongest first.
    private enum Tie: Int, Comparable {
        case session, callID, sockets, media

        static func < (left: Tie, right: Tie) -> Bool { left.rawValue < right.rawValue }
    }

    private struct Candidate {
        let left: Int
        let right: Int
        var tie: Tie
        /// Seconds between the same packets on the two, or between the begins of the dialogs.
        var lag = 0.0
    }

    /// Earlier ones with the same property that each dialog is compared with.
    private static let neighbours = 4
    /// Pairs of flows that are compared for one pair of dialogs.
    private static let flowLimit = 8
    private static let candidateLimit = 1 << 20

    init(_ survey: Survey, _ streams: NegotiatedStreams, _ matching: FlowMatching, media: SameMedia) {
        self.survey = survey
        self.streams = streams
        self.matching = matching
        self.media = media
    }

    /// Pairs that make the hops of each call one.
    static func pairs(
        _ survey: Survey, _ streams: NegotiatedStreams, _ matching: FlowMatching, media: SameMedia, wanted: (SIPDialog) -> Bool
    ) -> [HopPair] {
        var finder = HopFinder(survey, streams, matching, media: media)
        finder.collect(wanted)
        guard finder.spans.count > 1 else { return [] }
        finder.addBySignalling()
        finder.addByMedia()
        return finder.joined()
    }

    private mutating func collect(_ wanted: (SIPDialog) -> Bool) {
        for (index, dialog) in survey.dialogs.enumerated() where dialog.role == .communication && wanted(dialog) {
            var until = dialog.end ?? dialog.messages.last?.time ?? dialog.start
            for stream in streams.ofDialog[index] where streams[stream].kind == "audio" {
                for flow in matching[stream] {
                    voices[index, default: [:]][streams[stream].sender, default: []].append(flow)
                    if dialog.end == nil { until = max(until, survey.flows.rows[flow].lastArrival) }
                }
            }
            spans[index] = (dialog.start, until)
        }
    }

    // MARK: candidates

    private mutating func addBySignalling() {
        var entries: [(key: String, tie: Tie, dialog: Int)] = []
        for index in spans.keys.sorted() {
            let dialog = survey.dialogs[index]
            for pair in SharedIdentifiers.sessionPairs(dialog.sessionIDs) { entries.append((pair, .session, index)) }
            entries.append((dialog.callID, .callID, index))
            for pair in MediaSockets.pairs(of: dialog) { entries.append((pair.description, .sockets, index)) }
        }
        entries.sort { ($0.tie, $0.key, $0.dialog) < ($1.tie, $1.key, $1.dialog) }
        for (place, entry) in entries.enumerated() {
            for earlier in entries[max(0, place - Self.neighbours)..<place] where earlier.tie == entry.tie && earlier.key == entry.key {
                add(earlier.dialog, entry.dialog, entry.tie)
            }
        }
    }

    private mutating func addByMedia() {
        var owners: [Int: Int] = [:]
        for (dialog, sides) in voices { for flow in sides.values.joined() { owners[flow] = dialog } }
        let entries = media.entries(of: owners.keys.sorted())
        for (place, entry) in entries.enumerated() {
            for earlier in entries[max(0, place - Self.neighbours)..<place] where earlier.isNear(entry) {
                guard let left = owners[earlier.flow], let right = owners[entry.flow], left != right else { continue }
                add(min(left, right), max(left, right), .media)
            }
        }
    }

    private mutating func add(_ left: Int, _ right: Int, _ tie: Tie) {
        guard left != right, candidates.count < Self.candidateLimit, known.insert(left << 32 | right).inserted else { return }
        candidates.append(Candidate(left: left, right: right, tie: tie))
    }

    // MARK: judging

    /// The pairs that are proven, without any two dialogs that run side by side in one call.
    private mutating func joined() -> [HopPair] {
        var proven = candidates.compactMap(judged)
        proven.sort { ($0.tie, abs($0.lag), $0.left, $0.right) < ($1.tie, abs($1.lag), $1.left, $1.right) }
        var members: [Int: [Int]] = [:]
        var heads: [Int: Int] = [:]
        var out: [HopPair] = []
        for pair in proven {
            let (one, other) = (heads[pair.left] ?? pair.left, heads[pair.right] ?? pair.right)
            guard one != other else { continue }
            let (own, new) = (members[one] ?? [one], members[other] ?? [other])
            guard own.count + new.count <= Self.mostHops, !own.contains(where: { left in new.contains { areParallel(left, $0) } }) else { continue }
            for dialog in new { heads[dialog] = one }
            heads[one] = one
            members[one] = own + new
            members[other] = nil
            out.append(HopPair(left: pair.left, right: pair.right))
        }
        return out
    }

    /// Nor has one pair of sockets more sources, one after another.
    private static let mostSources = 64
    /// No call takes more hops.
    private static let mostHops = 64

    private func judged(_ candidate: Candidate) -> Candidate? {
        guard let left = spans[candidate.left], let right = spans[candidate.right], left.from <= right.until, right.from <= left.until,
            !areParallel(candidate.left, candidate.right)
        else { return nil }
        var out = candidate
        out.lag = right.from.seconds(since: left.from)
        var same: [(flows: (Int, Int), proof: SameMedia.Proof)] = []
        var sides = 0
        for side in [Side.client, .server] {
            let verdict = verdict(candidate.left, candidate.right, side)
            if let first = verdict.same.first {
                sides += 1
                out.lag = first.proof.lag
                same += verdict.same
            } else if verdict.isContradiction {
                return nil
            }
        }
        // Many callers may play the same to one server: only what can be the next hop of the other is a hop.
        if same.contains(where: { media.liesBehind($0.flows.0, $0.flows.1) }) { return out }
        switch candidate.tie {
        case .session, .callID: return out
        case .sockets: return sides > 0 || isOneMedia(candidate.left, candidate.right) ? out : nil
        case .media: return nil
        }
    }

    /// What the flows that one side sends on the two dialogs say.
    private func verdict(_ left: Int, _ right: Int, _ side: Side) -> (same: [(flows: (Int, Int), proof: SameMedia.Proof)], isContradiction: Bool) {
        var same: [(flows: (Int, Int), proof: SameMedia.Proof)] = []
        var isContradiction = false
        for one in (voices[left]?[side] ?? []).prefix(Self.flowLimit) {
            for other in (voices[right]?[side] ?? []).prefix(Self.flowLimit) {
                switch media.compare(one, other) {
                case .same(let proof): same.append(((one, other), proof))
                case .different:
                    let (a, b) = (survey.flows.rows[one], survey.flows.rows[other])
                    if a.firstArrival <= b.lastArrival, b.firstArrival <= a.lastArrival, areComparable(one, other) { isContradiction = true }
                case .unknown: break
                }
            }
        }
        return (same, isContradiction)
    }

    /// Both are plain and of one codec: their octets would be the same.
    private func areComparable(_ one: Int, _ other: Int) -> Bool {
        func coding(_ flow: Int) -> String? {
            guard let match = matching.matches[flow] else { return nil }
            let epochs = streams[match.stream].epochs
            guard !epochs.contains(where: { $0.isSecure || $0.isMixedSecurity || !$0.crypto.isEmpty }), let type = SameMedia.mainType(survey.flows.rows[flow])
            else { return nil }
            return epochs.lazy.flatMap(\.formats).first { $0.payloadType == type }?.encoding.lowercased() ?? "\(type.value)"
        }
        guard let own = coding(one) else { return false }
        return own == coding(other)
    }

    /// Whether two dialogs run between the same two hosts the same way: calls beside each other, and never hops of one.
    private func areParallel(_ left: Int, _ right: Int) -> Bool {
        let (a, b) = (survey.dialogs[left], survey.dialogs[right])
        guard let client = a.client.endpoint, let server = a.server.endpoint, let otherClient = b.client.endpoint, let otherServer = b.server.endpoint else {
            return false
        }
        if client.address == server.address, otherClient.address == otherServer.address { return server == otherServer }
        return client.address == otherClient.address && server.address == otherServer.address
    }

    // MARK: one socket pair

    /// Dialogs that name the same two sockets are one where packets ran between exactly these and from one source at a time, or where no packet was
    /// seen and the sockets are ones in the whole world.
    private func isOneMedia(_ left: Int, _ right: Int) -> Bool {
        let pairs = Set(MediaSockets.pairs(of: survey.dialogs[left])).intersection(MediaSockets.pairs(of: survey.dialogs[right]))
        let flows = [left, right].flatMap { (voices[$0] ?? [:]).values.joined() }.map { survey.flows.rows[$0] }
        let own = flows.filter { row in pairs.contains { $0.carries(row.path) } }
        guard own.count <= Self.mostSources else { return false }
        if own.isEmpty { return flows.isEmpty && pairs.contains(where: \.isGlobal) }
        for (number, row) in own.enumerated() {
            for other in own[..<number] where row.path == other.path && row.ssrc != other.ssrc && row.overlap(with: other) > 0.5 { return false }
        }
        return true
    }
}
