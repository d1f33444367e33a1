package import Evidence
import SDPSyntax
import SIPDialogs

/// Joins observed flows with negotiated streams: by destination, source, announced SSRC, payload type and time.
///
/// Ports are reused by later dialogs, so an address counts only inside the stream's time: from one second before the offer (clock
/// granularity) to two seconds after the end (packets on the way), reference RFC 3264 section 5.1 and 8.
package struct FlowMatcher: Sendable {
    private struct Candidate: Hashable {
        let stream: Int
        let epoch: Int
    }

    private let streams: [NegotiatedStream]
    /// End of each stream's dialog.
    private let ends: [CaptureTime]
    private var byDestination: [Endpoint: [Candidate]] = [:]
    private var bySource: [Endpoint: [Candidate]] = [:]
    private var byDestinationPort: [UInt16: [Candidate]] = [:]

    package init(streams: [NegotiatedStream], dialogEnds: [CaptureTime?]) {
        self.streams = streams
        ends = streams.map { dialogEnds[$0.dialog]?.advanced(bySeconds: 2) ?? .distantFuture }
        for (index, stream) in streams.enumerated() {
            for (number, epoch) in stream.epochs.enumerated() {
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
    }

    /// The best match of one flow, or nil where nothing speaks for any stream.
    ///
    /// `mid`: what its packets carry in the header extension of that identifier.
    package func match(_ row: FlowRow, number: Int, mid: (UInt8) -> String? = { _ in nil }) -> FlowMatch? {
        var found: [Int: (score: Int, candidate: Candidate)] = [:]
        func consider(_ candidates: [Candidate]?) {
            for candidate in candidates ?? [] {
                guard let score = judge(row, candidate, mid, reasons: nil)?.score else { continue }
                if score > found[candidate.stream]?.score ?? Int.min { found[candidate.stream] = (score, candidate) }
            }
        }
        consider(byDestination[row.path.destination])
        consider(bySource[row.path.source])
        if found.isEmpty { consider(byDestinationPort[row.path.destination.port]) }
        let ranked = found.sorted { ($1.value.score, $0.key) < ($0.value.score, $1.key) }
        guard let best = ranked.first, best.value.score >= MatchEvidence.threshold else { return nil }
        let near = ranked.dropFirst().filter { $0.value.score > best.value.score - 20 }.map(\.key)
        let confidence: MatchConfidence = best.value.score >= 80 ? .high : best.value.score >= 50 ? .medium : .low
        return FlowMatch(
            flow: number, stream: best.key, score: best.value.score, confidence: near.isEmpty ? confidence : min(confidence, .medium),
            reasons: judge(row, best.value.candidate, mid, reasons: [])?.reasons ?? [], alternatives: near)
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
