package import Evidence
import RTPSyntax
package import StreamMatching

/// Whether two flows are the same media on two paths, judged by the few packets of each that the survey keeps.
package struct SameMedia: Sendable {
    package enum Verdict: Equatable, Sendable {
        case same(Proof)
        /// Both could be compared, and nothing of the one is in the other.
        case different
        /// One is encrypted or coded differently, or too little of it is there.
        case unknown
    }

    package struct Proof: Equatable, Sendable {
        package let basis: Basis
        /// Seconds by which the second flow arrives later.
        package let lag: Double
        /// Packets are equal octet by octet in one numbering.
        package let isExact: Bool
    }

    package enum Basis: Equatable, Sendable {
        /// One source with one run of numbers and timestamps.
        case source
        /// Numbers, timestamps and octets are the same, the source is not.
        case packets
        /// Only the octets are the same.
        case payload
    }

    /// Hops of one call are at most so many seconds apart: what comes later is no copy.
    static let longest = 1.0
    /// Seconds by which packets of one flow may differ in how much later they come.
    private static let jitter = 0.3
    /// Payloads that two flows have in common before that is no chance, and different ones that a flow must have.
    private static let common = 4
    private static let variety = 8

    private let flows: FlowTable
    var rows: ContiguousArray<FlowRow> { flows.rows }
    let prints: MediaPrints
    /// Of more than a second, by flow.
    package let silences: [Int: [FlowSilence]]

    package init(_ survey: Survey) {
        flows = survey.flows
        prints = survey.prints
        silences = survey.flows.silences(of: Set(survey.flows.rows.indices))
    }

    /// A packet of a flow under something that the same packet elsewhere has, too.
    package struct Entry {
        package let key: UInt64
        package let arrival: CaptureTime
        package let flow: Int

        /// May be of the same packet as `later`, which stands behind it.
        package func isNear(_ later: Entry) -> Bool {
            key == later.key && flow != later.flow && (key >> 32 == 0 || later.arrival.seconds(since: arrival) <= SameMedia.longest)
        }
    }

    /// What is kept of flows, so sorted that the same packets stand together, in order of time.
    package func entries(of flows: [Int]) -> [Entry] {
        var out: [Entry] = []
        for flow in flows {
            out.append(Entry(key: UInt64(rows[flow].ssrc.value), arrival: rows[flow].firstArrival, flow: flow))
            for print in prints.byNumber(flow) {
                out.append(Entry(key: 1 << 48 | UInt64(print.sequence.value) << 32 | UInt64(print.timestamp.value), arrival: print.arrival, flow: flow))
            }
            for print in prints.sketch(flow) { out.append(Entry(key: print.digest | 1 << 63, arrival: print.arrival, flow: flow)) }
        }
        return out.sorted { ($0.key, $0.arrival, $0.flow) < ($1.key, $1.arrival, $1.flow) }
    }

    /// Whether one path can be another hop of the other: a relay neither sends from where it was sent from, nor to where it was sent to.
    package func liesBehind(_ one: Int, _ other: Int) -> Bool {
        let (a, b) = (rows[one].path, rows[other].path)
        if a.source.address == a.destination.address || b.source.address == b.destination.address {
            return a.source != b.source && a.destination != b.destination
        }
        return a.source.address != b.source.address && a.destination.address != b.destination.address
    }

    package func compare(_ left: Int, _ right: Int) -> Verdict {
        let (a, b) = (rows[left], rows[right])
        guard left != right, a.overlap(with: b) > -Self.longest else { return left == right ? .unknown : .different }
        if let proof = byNumber(left, right, isOneSource: a.ssrc == b.ssrc) ?? byPayload(left, right) { return .same(proof) }
        return areDifferent(left, right) ? .different : .unknown
    }

    private func byNumber(_ left: Int, _ right: Int, isOneSource: Bool) -> Proof? {
        let (one, other) = (prints.byNumber(left), prints.byNumber(right))
        var lags: [Double] = []
        var equal = 0
        var unequal = 0
        var digests: Set<UInt64> = []
        for print in other {
            guard let twin = one.first(where: { $0.sequence == print.sequence && $0.timestamp == print.timestamp && Self.isNear($0, print) }) else { continue }
            lags.append(print.arrival.seconds(since: twin.arrival))
            guard twin.digest != 0, print.digest != 0 else { continue }
            if twin.digest == print.digest { digests.insert(print.digest) }
            if twin.digest == print.digest { equal += 1 } else { unequal += 1 }
        }
        let isExact = unequal == 0 && equal > 0
        if isOneSource {
            if lags.count >= 2 { return Proof(basis: .source, lag: Self.median(lags), isExact: isExact) }
            return isOneRun(one, other) ? Proof(basis: .source, lag: rows[right].firstArrival.seconds(since: rows[left].firstArrival), isExact: false) : nil
        }
        guard digests.count >= 3, unequal * 4 <= equal else { return nil }
        return Proof(basis: .packets, lag: Self.median(lags), isExact: isExact)
    }

    /// Whether packets of the one lie where the numbers and timestamps of the other say, between two of its packets.
    private func isOneRun(_ one: ArraySlice<MediaPrint>, _ other: ArraySlice<MediaPrint>) -> Bool {
        var found = 0
        for print in other {
            for (before, after) in zip(one, one.dropFirst()) {
                let (span, at) = (after.sequence.distance(from: before.sequence), print.sequence.distance(from: before.sequence))
                let (ticks, tick) = (after.timestamp.distance(from: before.timestamp), print.timestamp.distance(from: before.timestamp))
                guard span > 1, at > 0, at < span, ticks > 0, ticks % span == 0, tick == ticks / span * at else { continue }
                let expected = before.arrival.advanced(bySeconds: after.arrival.seconds(since: before.arrival) * Double(at) / Double(span))
                if abs(print.arrival.seconds(since: expected)) <= Self.longest { found += 1 }
            }
        }
        return found >= 2
    }

    private func byPayload(_ left: Int, _ right: Int) -> Proof? {
        let (one, other) = (prints.sketch(left), prints.sketch(right))
        guard one.count >= Self.variety, other.count >= Self.variety else { return nil }
        var lags: [Double] = []
        var at = one.startIndex
        for print in other {
            while at < one.endIndex, one[at].digest < print.digest { at += 1 }
            guard at < one.endIndex, one[at].digest == print.digest, Self.isNear(one[at], print) else { continue }
            lags.append(print.arrival.seconds(since: one[at].arrival))
        }
        guard lags.count >= Self.common else { return nil }
        let lag = Self.median(lags)
        guard lags.count(where: { abs($0 - lag) <= Self.jitter }) >= max(Self.common, lags.count / 2) else { return nil }
        return Proof(basis: .payload, lag: lag, isExact: false)
    }

    /// Payloads that both would have kept, were they in both, are not.
    private func areDifferent(_ left: Int, _ right: Int) -> Bool {
        let (a, b) = (rows[left], rows[right])
        guard a.overlap(with: b) >= Self.longest, Self.mainType(a) == Self.mainType(b), step(left) == step(right) else { return false }
        let (one, other) = (prints.sketch(left), prints.sketch(right))
        let ceiling = min(prints.isWhole(left) ? .max : one.last?.digest ?? 0, prints.isWhole(right) ? .max : other.last?.digest ?? 0)
        // Of what was first heard while both lasted, each would have been heard on the other at the same time.
        let (from, until) = (max(a.firstArrival, b.firstArrival), min(a.lastArrival, b.lastArrival))
        func comparable(_ own: ArraySlice<MediaPrint>) -> [MediaPrint] { own.filter { $0.digest <= ceiling && $0.arrival >= from && $0.arrival <= until } }
        let (own, others) = (comparable(one), comparable(other))
        guard own.count >= Self.common, others.count >= Self.common else { return false }
        return !own.contains { print in others.contains { $0.digest == print.digest && Self.isNear($0, print) } }
    }

    /// Packets of another length hold the same sound in other payloads.
    private func step(_ flow: Int) -> Int? { EarlyPacket.step(of: Array(flows.earlyPackets(of: flow))) }

    package static func mainType(_ row: FlowRow) -> PayloadType? { row.payloadTypes.max { $0.packets < $1.packets }?.type }

    static func isNear(_ one: MediaPrint, _ other: MediaPrint) -> Bool { abs(other.arrival.seconds(since: one.arrival)) <= longest }

    private static func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }
}
