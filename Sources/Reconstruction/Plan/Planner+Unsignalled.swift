import CaptureSurvey
import Evidence
import PacketInput
import RecordingRecords
import SIPDialogs
import StreamMatching

/// Media that no session description in the capture explains.
extension Planner {
    /// Finds it, and gives to a dialog that has no readable description what flows between its two hosts while it lasts.
    mutating func sortUnsignalled() {
        let forced = ForcedPorts(options.decodeAs)
        let (groups, ignored) = UnsignalledMedia.groups(rows: survey.flows.rows, forced: forced) { plan.matches[$0] == nil }
        plan.ignoredFlows = ignored
        var open: [HostPair: [Int]] = [:]
        for (index, dialog) in survey.dialogs.enumerated() where dialog.answered != nil && streamsOf[index].isEmpty {
            guard let client = dialog.client.endpoint?.address, let server = dialog.server.endpoint?.address, client != server else { continue }
            open[HostPair(client, server), default: []].append(index)
        }
        for group in groups {
            let hosts = group.map { HostPair(survey.flows.rows[$0].path) }
            let fitting = (open[hosts[0]] ?? []).filter { dialog in hosts.allSatisfy { $0 == hosts[0] } && fits(group, survey.dialogs[dialog]) }
            if fitting.count == 1 { adopted[fitting[0], default: []].append(group) } else { unsignalled.append(group) }
        }
        strays = StrayFlows(unsignalled.flatMap(\.self).map { survey.flows.rows[$0] }, all: survey.flows.rows)
        if !adopted.isEmpty || !unsignalled.isEmpty { controlNames = CanonicalNames(survey) }
    }

    /// Whether all of a group lies in the time of a dialog between the same hosts.
    private func fits(_ group: [Int], _ dialog: SIPDialog) -> Bool {
        let begin = dialog.start.advanced(bySeconds: -1)
        let end = dialog.end?.advanced(bySeconds: 2) ?? .distantFuture
        return group.allSatisfy { survey.flows.rows[$0].firstArrival >= begin && survey.flows.rows[$0].lastArrival <= end }
    }

    /// Recordings of media alone.
    mutating func planUnsignalled() {
        for group in unsignalled {
            let rows = group.map { survey.flows.rows[$0] }
            let first = rows[0]
            let parts = rows.map { "\(Self.name($0)) \($0.firstSequence.value)" }.sorted()
            var recording = PlannedRecording(id: RecordingIdentity.id(kind: .media, parts: parts), kind: .media, dialogs: [])
            plan.findings.report(
                .flw003, "RTP between \(first.path.source) and \(first.path.destination) belongs to no signalling in the capture", at: first.firstOrigin,
                subject: FindingSubject(flow: Self.name(first)))
            addUnsignalled([group], dialog: nil, to: &recording)
            finish(&recording)
            plan.recordings.append(recording)
        }
    }

    /// Adds the streams of a dialog whose descriptions could not be read.
    mutating func addAdopted(by dialog: Int, to recording: inout PlannedRecording) {
        guard let groups = adopted[dialog], let first = groups.first?.first else { return }
        plan.findings.report(
            .mat011,
            "\(groups.flatMap(\.self).count) flows between the hosts of this dialog, which has no readable session description, are taken for its media",
            at: survey.flows.rows[first].firstOrigin, subject: FindingSubject(callID: survey.dialogs[dialog].callID))
        addUnsignalled(groups, dialog: dialog, to: &recording)
    }

    /// One stream for each path. Senders are named by RTCP where every path has a canonical name of its own; one name for all is that of the
    /// machine that relays them.
    private mutating func addUnsignalled(_ groups: [[Int]], dialog: Int?, to recording: inout PlannedRecording) {
        let callID = dialog.map { survey.dialogs[$0].callID }
        var streamOf: [NetworkPath: Int] = [:]
        let flows = groups.flatMap(\.self)
        let seen = flows.map { keys.observe($0, in: survey.flows) }
        var opened: [FlowKeys] = []
        for observed in seen { opened.append(keys.resolve(observed, stream: nil, callIDs: callID.map { [$0] } ?? [], labels: [])) }
        let names = canonicalNames(seen, opened)
        for (observed, resolved) in zip(seen, opened) {
            let row = observed.row
            var planned = FlowPlanner.plan(
                observed, match: nil, stream: nil, keys: resolved,
                forced: options.decodeAs.codecs(of: row.path), findings: &plan.findings, subject: FindingSubject(callID: callID, flow: Self.name(row)))
            let name = names[row.path]
            planned.pieces = [
                (FlowPiece(from: .distantPast, until: .distantFuture, participants: name.map { [$0] } ?? [], basis: name == nil ? .none : .canonicalName), nil)
            ]
            if let name, !recording.participants.contains(where: { $0.id == name }) {
                recording.participants.append(ParticipantPlanner.canonical(name))
            }
            if let index = streamOf[row.path] {
                recording.streams[index].flows.append(planned)
            } else {
                streamOf[row.path] = recording.streams.count
                var stream = PlannedStream(
                    id: "s\(recording.streams.count + 1)", dialog: dialog, negotiated: nil, label: nil, metadataStreams: [], media: "audio",
                    participants: name.map { [$0] } ?? [])
                stream.flows = [planned]
                recording.streams.append(stream)
            }
        }
    }

    /// Canonical name of each path where it has exactly one and no other path has the same.
    private func canonicalNames(_ flows: [ObservedFlow], _ opened: [FlowKeys]) -> [NetworkPath: String] {
        var found: [NetworkPath: Set<String>] = [:]
        for (row, keys) in zip(flows.lazy.map(\.row), opened) {
            if let name = keys.control?.words.cnames[row.ssrc] { found[row.path, default: []].insert(name) }
            if let names = controlNames.names(of: row) { found[row.path, default: []].formUnion(names) }
        }
        let single = found.filter { $0.value.count == 1 }.compactMapValues(\.first)
        var counts: [String: Int] = [:]
        for name in single.values { counts[name, default: 0] += 1 }
        return single.filter { counts[$0.value] == 1 }
    }
}

/// Two hosts, whichever sends.
private struct HostPair: Hashable {
    private let first: IPAddress
    private let second: IPAddress

    init(_ one: IPAddress, _ other: IPAddress) { (first, second) = one < other ? (one, other) : (other, one) }

    init(_ path: NetworkPath) { self.init(path.source.address, path.destination.address) }
}

/// Canonical names that descriptions in clear give to sources (RFC 3550 section 6.5.1), by host: RTCP has ports of its own.
struct CanonicalNames {
    private var bySource: [SenderReportSource: Set<String>] = [:]

    init() {}

    init(_ survey: Survey) {
        for (path, summary) in survey.rtcp {
            for (ssrc, name) in summary.words.cnames { bySource[SenderReportSource(address: path.source.address, ssrc: ssrc), default: []].insert(name) }
        }
    }

    func names(of row: FlowRow) -> Set<String>? { bySource[SenderReportSource(address: row.path.source.address, ssrc: row.ssrc)] }
}
