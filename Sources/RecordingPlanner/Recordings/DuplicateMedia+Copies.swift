import CaptureSurvey
import Evidence
import PacketInput
import RecordingPlan
import RecordingRecords
import SIPDialogs
import StreamMatching

/// The same packets on several paths of a call. Left out is only what was heard from a copy: a stream is never left out for its place.
extension DuplicateMedia {
    /// Where a flow stands in a recording.
    private struct Place {
        let stream: Int
        let flow: Int
    }

    /// What became of a flow of which others may be copies.
    private enum Fate {
        /// `besides`: place of one that has a part of its sound, and not all.
        case heard(besides: Int?)
        case twin
        /// Its sound is heard elsewhere, but for this part.
        case copy(rest: FlowWindow?)
    }

    /// Seconds of a copy beyond the flow that it copies that are worth hearing.
    private static let shortest = 0.3
    /// Flows of one person that are compared with each other; more are no hops.
    private static let flowLimit = 256

    /// Of a call that goes through something that relays its media, each hop has the same voices: each packet is heard once.
    func joinHops(_ recording: inout PlannedRecording, _ findings: inout FindingLog) {
        guard recording.kind == .call, Set(recording.streams.map(\.dialog)).count > 1 else { return }
        let audio = recording.streams.indices.filter { recording.streams[$0].media == "audio" && !recording.streams[$0].participants.isEmpty }
        var emptied: Set<String> = []
        for (person, streams) in Dictionary(grouping: audio, by: { recording.streams[$0].participants }).sorted(by: { $0.value[0] < $1.value[0] }) {
            guard Set(streams.map { recording.streams[$0].dialog }).count > 1 else { continue }
            var flows = streams.flatMap { stream in recording.streams[stream].flows.map { (stream: stream, flow: $0) } }
            guard flows.count > 1, flows.count <= Self.flowLimit else { continue }
            // What can be opened first, then the fullest: what is left out of others is least then.
            flows.sort { left, right in
                let (first, second) = (opens(left.flow), opens(right.flow))
                if first != second { return first }
                return (survey.flows.rows[right.flow.flow].distinctPackets, left.flow.flow) < (
                    survey.flows.rows[left.flow.flow].distinctPackets, right.flow.flow
                )
            }
            var kept: [(stream: Int, flow: PlannedFlow)] = []
            var repeated: [(dialog: Int?, by: Int?, row: FlowRow)] = []
            for entry in flows {
                let others = kept.indices.filter { recording.streams[kept[$0].stream].dialog != recording.streams[entry.stream].dialog }
                var (own, place) = (entry, others.first ?? 0)
                switch fate(of: &own.flow, among: others, &kept, at: &place) {
                case .heard(let besides):
                    if let besides {
                        let dialog = recording.streams[entry.stream].dialog ?? recording.dialogs.first
                        let subject = FindingSubject(callID: dialog.map { survey.dialogs[$0].callID })
                        reportOther(entry.flow, besides: kept[besides].flow, subject, &findings)
                    }
                    kept.append(own)
                    continue
                case .twin:
                    // Packets are taken as they come first: the stream that leads is the one that they are heard on.
                    if leads(entry.flow, kept[place].flow) {
                        let other = kept[place]
                        swapTwin(&own.flow, other.flow)
                        kept[place] = own
                        repeated.append((recording.streams[other.stream].dialog, recording.streams[own.stream].dialog, survey.flows.rows[other.flow.flow]))
                        continue
                    }
                case .copy(let rest):
                    if let rest {
                        own.flow.window = rest
                        own.flow.pieces = own.flow.pieces.map { ($0.piece.clipped(from: rest.from, until: rest.until), $0.track) }
                        kept.append(own)
                    }
                }
                repeated.append((recording.streams[entry.stream].dialog, recording.streams[kept[place].stream].dialog, survey.flows.rows[entry.flow.flow]))
            }
            for stream in streams {
                recording.streams[stream].flows = kept.filter { $0.stream == stream }.map(\.flow).sorted { start(of: $0) < start(of: $1) }
            }
            var told: Set<Int?> = []
            for (dialog, other, row) in repeated where told.insert(dialog).inserted {
                let name = other.map { "hop \(survey.dialogs[$0].callID)" } ?? "a hop without signalling"
                findings.report(
                    .mat013, "\(person.joined(separator: ", ")) is also heard on this hop; each packet is used once, with those of \(name)",
                    at: row.firstOrigin, subject: FindingSubject(callID: (dialog ?? recording.dialogs.first).map { survey.dialogs[$0].callID }))
            }
            let hasMedia = streams.contains { !recording.streams[$0].flows.isEmpty }
            for stream in streams
            where hasMedia && recording.streams[stream].flows.isEmpty && repeated.contains(where: { $0.dialog == recording.streams[stream].dialog }) {
                emptied.insert(recording.streams[stream].id)
            }
        }
        recording.streams.removeAll { emptied.contains($0.id) }
    }

    /// Seconds of a flow come first from what begins first.
    private func start(of flow: PlannedFlow) -> CaptureTime { max(survey.flows.rows[flow.flow].firstArrival, flow.window.from) }

    private func leads(_ flow: PlannedFlow, _ other: PlannedFlow) -> Bool {
        guard case .same(let proof) = media.compare(other.flow, flow.flow) else { return false }
        return proof.lag < 0
    }

    /// Makes the twin of `other` the one whose twins that one and its twins are.
    private func swapTwin(_ flow: inout PlannedFlow, _ other: PlannedFlow) {
        flow.twins = [other.flow] + other.twins.filter { $0 != flow.flow }
        flow.copies = other.copies
    }

    /// Whether the packets of a flow are copies of those kept. A twin is noted with what it is a twin of; `place` says with which.
    private func fate(of flow: inout PlannedFlow, among others: [Int], _ kept: inout [(stream: Int, flow: PlannedFlow)], at place: inout Int) -> Fate {
        var covered: [(from: CaptureTime, until: CaptureTime)] = []
        var copied: [Int] = []
        var besides: Int?
        for index in others {
            guard case .same(let proof) = media.compare(kept[index].flow.flow, flow.flow), opens(kept[index].flow) || !opens(flow) else { continue }
            let cover = active(kept[index].flow).map { ($0.from.advanced(bySeconds: proof.lag), $0.until.advanced(bySeconds: proof.lag)) }
            let areSecret = flow.isSecure || kept[index].flow.isSecure
            guard media.isCopy(flow.flow, of: kept[index].flow.flow, proof, in: cover, areSecret: areSecret) else {
                besides = besides ?? index
                continue
            }
            if proof.isExact, isTwin(kept[index].flow, flow, ofOneSource: false) {
                kept[index].flow.twins.append(flow.flow)
                place = index
                return .twin
            }
            covered += cover
            copied.append(index)
        }
        guard let first = copied.first else { return .heard(besides: besides) }
        let rest = rest(of: flow, without: covered)
        // A flow has one window: what would need two is heard as a whole.
        guard rest.count <= 1 else { return .heard(besides: nil) }
        place = first
        for index in copied { kept[index].flow.copies.append(flow.flow) }
        return .copy(rest: rest.first)
    }

    private func reportOther(_ flow: PlannedFlow, besides other: PlannedFlow, _ subject: FindingSubject, _ findings: inout FindingLog) {
        let (row, first) = (survey.flows.rows[flow.flow], survey.flows.rows[other.flow])
        findings.report(
            .mat041, "\(row.identity) carries sound of \(first.identity) for a part of the time and other sound for the rest; both are heard",
            at: row.firstOrigin, subject: subject)
    }

    private func opens(_ flow: PlannedFlow) -> Bool { !flow.isSecure || !flow.security.proven.isEmpty }

    /// When a flow had packets: its silences of more than a second are left out.
    private func active(_ flow: PlannedFlow) -> [(from: CaptureTime, until: CaptureTime)] {
        let row = survey.flows.rows[flow.flow]
        var out: [(from: CaptureTime, until: CaptureTime)] = []
        var from = max(row.firstArrival, flow.window.from)
        for silence in silences[flow.flow] ?? [] where silence.from >= from && silence.until <= flow.window.until {
            out.append((from, silence.from))
            from = silence.until
        }
        out.append((from, min(row.lastArrival, flow.window.until)))
        return out
    }

    /// Parts of a flow that nothing covers.
    private func rest(of flow: PlannedFlow, without covered: [(from: CaptureTime, until: CaptureTime)]) -> [FlowWindow] {
        let sorted = covered.sorted { ($0.from, $0.until) < ($1.from, $1.until) }
        var out: [FlowWindow] = []
        for part in active(flow) {
            var from = part.from
            func add(_ until: CaptureTime, _ end: CaptureTime) {
                if until.seconds(since: from) >= Self.shortest {
                    out.append(FlowWindow(from: from == part.from && out.isEmpty ? .distantPast : from, until: end))
                }
            }
            for cover in sorted where cover.until > from && cover.from < part.until {
                add(cover.from, cover.from)
                from = max(from, cover.until)
            }
            if from < part.until { add(part.until, .distantFuture) }
        }
        return out
    }

    /// The same packets on two paths at once are one stream captured twice (both sides of a NAT or proxy): each is heard once.
    func dropCopies(_ stream: inout PlannedStream, _ subject: FindingSubject, _ findings: inout FindingLog) {
        var kept: [(stream: Int, flow: PlannedFlow)] = []
        // Flows come in order of their first packet, so only the latest one kept of a source can overlap.
        var latest: [SSRC: Int] = [:]
        for flow in stream.flows {
            let row = survey.flows.rows[flow.flow]
            guard let twin = latest[row.ssrc], survey.flows.rows[kept[twin].flow.flow].lastArrival >= row.firstArrival,
                kept[twin].flow.window.isWhole, flow.window.isWhole, case .same = media.compare(kept[twin].flow.flow, flow.flow)
            else {
                latest[row.ssrc] = kept.count
                kept.append((0, flow))
                continue
            }
            let other = survey.flows.rows[kept[twin].flow.flow]
            // A copy that can be opened is worth more than one that cannot; else the fuller one.
            let (isOpen, otherIsOpen) = (opens(flow), opens(kept[twin].flow))
            let isBetter = isOpen == otherIsOpen ? row.distinctPackets > other.distinctPackets : isOpen
            var (best, copy) = isBetter ? (flow, kept[twin].flow) : (kept[twin].flow, flow)
            best.twins = isBetter ? copy.twins : best.twins
            best.copies = isBetter ? copy.copies : best.copies
            copy.twins = []
            var pair = [(stream: 0, flow: best)]
            var place = 0
            let fate = fate(of: &copy, among: [0], &pair, at: &place)
            kept[twin] = pair[0]
            if case .heard(let besides) = fate {
                if besides != nil { reportOther(copy, besides: best, subject, &findings) }
                kept.append((0, copy))
                continue
            }
            findings.report(
                .mat003, "\(row.ssrc) was captured on two paths, \(other.identity) and \(row.identity); each packet is used once", at: row.firstOrigin,
                subject: subject)
            switch fate {
            case .twin, .heard: break
            case .copy(let rest?):
                copy.window = rest
                copy.pieces = copy.pieces.map { ($0.piece.clipped(from: rest.from, until: rest.until), $0.track) }
                kept.append((0, copy))
            case .copy: break
            }
        }
        stream.flows = kept.map(\.flow)
    }
}
