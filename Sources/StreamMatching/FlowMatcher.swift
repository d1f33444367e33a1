package import Evidence
import SDPSyntax
import SIPDialogs

/// Joins observed flows with negotiated streams: by destination, source, announced SSRC, payload type and time.
///
/// Ports are reused by later dialogs, so an address counts only inside the stream's time: from one second before the offer (clock
/// granularity) to two seconds after the end (packets on the way), reference RFC 3264 section 5.1 and 8.
package struct FlowMatcher: Sendable {
    struct Candidate: Hashable {
        let stream: Int
        let epoch: Int
    }

    let streams: [NegotiatedStream]
    private let dialogs: [DialogSpan]
    /// End of each stream's dialog, with packets on the way.
    private let ends: [CaptureTime]
    private(set) var byDestination: [Endpoint: [Candidate]] = [:]
    private var bySource: [Endpoint: [Candidate]] = [:]
    private var byDestinationPort: [UInt16: [Candidate]] = [:]
    /// Of sockets that many name: candidates by where the signalling of who is at the other end comes from.
    private var byHost: [HostKey: [Candidate]] = [:]

    private struct HostKey: Hashable {
        let endpoint: Endpoint
        let host: IPAddress
    }

    /// Candidates on each side of a flow's begin that are judged where more name one socket.
    static let crowd = 128

    package init(streams: [NegotiatedStream], dialogEnds: [CaptureTime?]) {
        self.init(streams: streams, dialogs: dialogEnds.map { DialogSpan(answered: nil, end: $0, clientHost: nil, serverHost: nil) })
    }

    package init(streams: [NegotiatedStream], dialogs: [DialogSpan]) {
        self.streams = streams
        self.dialogs = dialogs
        ends = streams.map { dialogs[$0.dialog].end?.advanced(bySeconds: 2) ?? .distantFuture }
        for (index, stream) in streams.enumerated() {
            for (number, epoch) in stream.epochs.enumerated() where !epoch.isFax {
                let candidate = Candidate(stream: index, epoch: number)
                if let endpoint = epoch.destination {
                    byDestination[endpoint, default: []].append(candidate)
                    byDestinationPort[endpoint.port, default: []].append(candidate)
                }
                if let endpoint = epoch.source { bySource[endpoint, default: []].append(candidate) }
                for endpoint in epoch.destinationCandidates where endpoint != epoch.destination { byDestination[endpoint, default: []].append(candidate) }
                for endpoint in epoch.sourceCandidates where endpoint != epoch.source { bySource[endpoint, default: []].append(candidate) }
            }
        }
        for (endpoint, candidates) in byDestination where candidates.count > Self.crowd { addHosts(endpoint, candidates, ofSender: true) }
        for (endpoint, candidates) in bySource where candidates.count > Self.crowd { addHosts(endpoint, candidates, ofSender: false) }
        byHost = byHost.mapValues(inOrder)
        byDestination = byDestination.mapValues(inOrder)
        bySource = bySource.mapValues(inOrder)
        byDestinationPort = byDestinationPort.mapValues(inOrder)
    }

    private mutating func addHosts(_ endpoint: Endpoint, _ candidates: [Candidate], ofSender: Bool) {
        for candidate in candidates {
            let dialog = dialogs[streams[candidate.stream].dialog]
            let isClient = (streams[candidate.stream].sender == .client) == ofSender
            guard let host = isClient ? dialog.clientHost : dialog.serverHost else { continue }
            byHost[HostKey(endpoint: endpoint, host: host), default: []].append(candidate)
        }
    }

    func answered(_ stream: Int) -> CaptureTime? { dialogs[streams[stream].dialog].answered }

    func end(_ stream: Int) -> CaptureTime? { dialogs[streams[stream].dialog].end }

    func begin(_ candidate: Candidate) -> CaptureTime { streams[candidate.stream].epochs[candidate.epoch].from }

    /// By time where there are many: only those around a flow's begin are looked at then.
    private func inOrder(_ candidates: [Candidate]) -> [Candidate] {
        guard candidates.count > Self.crowd else { return candidates }
        return candidates.sorted { (begin($0), $0.stream, $0.epoch) < (begin($1), $1.stream, $1.epoch) }
    }

    private func around(_ row: FlowRow, _ candidates: [Candidate]?) -> ArraySlice<Candidate> {
        guard let candidates, candidates.count > Self.crowd else { return candidates?[...] ?? [] }
        var (low, high) = (0, candidates.count)
        while low < high {
            let middle = (low + high) / 2
            if begin(candidates[middle]) <= row.firstArrival { low = middle + 1 } else { high = middle }
        }
        return candidates[max(0, low - Self.crowd)..<min(candidates.count, low + Self.crowd)]
    }

    /// The best match of one flow, or nil where nothing speaks for any stream.
    ///
    /// `mid`: what its packets carry in the header extension of that identifier.
    package func match(_ row: FlowRow, number: Int, mid: (UInt8) -> String? = { _ in nil }) -> FlowMatch? {
        var found: [Int: (score: Int, candidate: Candidate, outside: Double)] = [:]
        func consider(_ candidates: [Candidate]?) {
            for candidate in around(row, candidates) {
                guard let score = judge(row, candidate, mid, reasons: nil)?.score else { continue }
                let known = found[candidate.stream]
                let outside = min(self.outside(row, candidate), known?.outside ?? .infinity)
                if let known, score <= known.score {
                    found[candidate.stream]?.outside = outside
                } else {
                    found[candidate.stream] = (score, candidate, outside)
                }
            }
        }
        consider(byDestination[row.path.destination])
        consider(bySource[row.path.source])
        if !byHost.isEmpty {
            consider(byHost[HostKey(endpoint: row.path.destination, host: row.path.source.address)])
            consider(byHost[HostKey(endpoint: row.path.source, host: row.path.destination.address)])
        }
        if found.isEmpty { consider(byDestinationPort[row.path.destination.port]) }
        guard let most = found.values.map(\.score).max(), most >= MatchEvidence.threshold else { return nil }
        // What is announced by several, or was announced before, is told apart by hosts and time.
        let fitting = found.filter { $0.value.score > most - 20 }
        let latest = fitting.lazy.filter { $0.value.outside == 0 }.map { self.begin($0.value.candidate) }.max() ?? .distantPast
        let ranked = fitting.map { stream, value in
            let rank = value.score + weight(row, stream, value.outside) - (isAbandoned(stream, row, before: latest) ? MatchEvidence.abandoned : 0)
            return (stream: stream, value: value, rank: found.count == 1 ? 0 : rank)
        }
        .sorted { ($1.rank, $0.stream) < ($0.rank, $1.stream) }
        guard let best = ranked.first else { return nil }
        let near = ranked.dropFirst().filter { $0.rank > best.rank - 20 }.map(\.stream)
        let score = best.value.score
        let confidence: MatchConfidence = score >= 80 ? .high : score >= 50 ? .medium : .low
        return FlowMatch(
            flow: number, stream: best.stream, score: score, confidence: near.isEmpty ? confidence : min(confidence, .medium),
            reasons: judge(row, best.value.candidate, mid, reasons: [])?.reasons ?? [], alternatives: near)
    }

    /// Seconds from a flow's first packet to the time in which a description was in force; 0 within it.
    private func outside(_ row: FlowRow, _ candidate: Candidate) -> Double {
        let epoch = streams[candidate.stream].epochs[candidate.epoch]
        let until = min(epoch.until ?? .distantFuture, end(candidate.stream) ?? .distantFuture)
        if row.firstArrival < epoch.from { return epoch.from.seconds(since: row.firstArrival) }
        return row.firstArrival < until ? 0 : max(0.001, row.firstArrival.seconds(since: until))
    }

    /// Whether the call of a stream has no end, but another one has its socket since `latest`: its end was not captured, most likely.
    private func isAbandoned(_ stream: Int, _ row: FlowRow, before latest: CaptureTime) -> Bool {
        guard end(stream) == nil, let last = streams[stream].epochs.last(where: { $0.from <= row.firstArrival }) else { return false }
        return latest.seconds(since: last.from) > Self.simultaneous
    }

    /// Hops of one call are set up within this many seconds.
    private static let simultaneous = 2.0

    /// What hosts and times say of one of several streams that a flow fits: it comes from where the sender's signalling comes from, goes to where the
    /// receiver's goes, lies within the call, and begins while the description is in force. `outside`: seconds that it begins before or after that.
    private func weight(_ row: FlowRow, _ stream: Int, _ outside: Double) -> Int {
        let dialog = dialogs[streams[stream].dialog]
        let (sender, receiver) = streams[stream].sender == .client ? (dialog.clientHost, dialog.serverHost) : (dialog.serverHost, dialog.clientHost)
        let hosts = (sender == row.path.source.address ? 1 : 0) + (receiver == row.path.destination.address ? 1 : 0)
        let early = (streams[stream].epochs.first?.from ?? row.firstArrival).seconds(since: row.firstArrival)
        let late = dialog.end.map { row.lastArrival.seconds(since: $0) } ?? 0
        let stale = outside > 0 ? MatchEvidence.notInForce + Int(min(2, outside) * Double(MatchEvidence.outside)) : 0
        return hosts * MatchEvidence.host - Int(min(2, max(0, early) + max(0, late)) * Double(MatchEvidence.outside)) - stale
    }

    /// `reasons`: nil where nobody asks for them; every candidate is judged, and words are made for the best only.
    private func judge(_ row: FlowRow, _ candidate: Candidate, _ mid: (UInt8) -> String?, reasons: [String]?) -> (score: Int, reasons: [String]?)? {
        let stream = streams[candidate.stream]
        let epoch = stream.epochs[candidate.epoch]
        let begin = epoch.from.advanced(bySeconds: -1)
        let streamEnd = ends[candidate.stream]
        let finish = min(epoch.until?.advanced(bySeconds: 2) ?? .distantFuture, streamEnd)
        guard row.firstArrival <= finish, row.lastArrival >= begin else { return nil }
        var score = 0
        var reasons = reasons
        func add(_ weight: Int, _ text: @autoclosure () -> String) {
            score += weight
            if reasons != nil { reasons?.append(text()) }
        }
        let (isNominated, isFromNominated) = (
            epoch.destination != row.path.destination && epoch.destinationCandidates.contains(row.path.destination),
            epoch.source != row.path.source && epoch.sourceCandidates.contains(row.path.source)
        )
        if isNominated {
            add(MatchEvidence.destination, "destination \(row.path.destination) is a candidate in the receiver's SDP")
        } else if let endpoint = epoch.destination {
            if endpoint == row.path.destination {
                add(MatchEvidence.destination, "destination \(endpoint) is the address in the receiver's SDP")
            } else if endpoint.port == row.path.destination.port {
                add(MatchEvidence.destinationPortOnly, "destination port \(endpoint.port) is the receiver's, its address \(endpoint.address) is not")
            }
        }
        if isFromNominated {
            add(MatchEvidence.source, "source \(row.path.source) is a candidate in the sender's SDP")
        } else if let endpoint = epoch.source {
            if endpoint == row.path.source {
                add(MatchEvidence.source, "source \(endpoint) is the address in the sender's SDP")
            } else if endpoint.port == row.path.source.port {
                add(MatchEvidence.sourcePortOnly, "source port \(endpoint.port) is the sender's, its address \(endpoint.address) is not")
            }
        }
        guard score > 0 else { return nil }
        if let own = epoch.mid, let told = epoch.midExtension.flatMap(mid) {
            if told == own {
                add(MatchEvidence.identification, "its packets identify this line, mid \(own)")
            } else {
                add(MatchEvidence.foreignIdentification, "its packets identify a line other than mid \(own)")
            }
        }
        if epoch.ssrcs.contains(row.ssrc) { add(MatchEvidence.announcedSSRC, "SSRC \(row.ssrc) is announced by a=ssrc") }
        if let type = row.payloadTypes.max(by: { $0.packets < $1.packets })?.type {
            let known = stream.epochs.contains { $0.formats.contains { $0.payloadType == type } }
            if known {
                add(MatchEvidence.payloadType, "payload type \(type.value) is negotiated")
            } else {
                add(MatchEvidence.foreignPayloadType, "payload type \(type.value) is not negotiated")
            }
        }
        if epoch.isActive { add(MatchEvidence.active, "the direction allows the sender to send") }
        let streamBegin = stream.epochs.first?.from.advanced(bySeconds: -1) ?? begin
        if row.firstArrival >= streamBegin, row.lastArrival <= streamEnd { add(MatchEvidence.wholeTime, "all packets are within the dialog's time") }
        return (score, reasons)
    }
}
