import CaptureSurvey
import Evidence
import PacketInput
import RTPSyntax
import RecordingPlan
import RecordingRecords
import SIPDialogs
import StreamMatching

/// The same media more than once in one conversation: to two recorders, or on several hops of a call.
struct DuplicateMedia {
    let survey: Survey

    /// Two recording sessions of one communication session that deliver the very same packets (RFC 7245 section 3.1.2: recording twice for
    /// safety): the packets of the one fill the holes of the other. Only what is the same octet by octet may be joined, so the source must be
    /// the same and nothing encrypted; else each has its own file, and nothing is summed.
    func joinTwins(_ recording: inout PlannedRecording, _ findings: inout FindingLog) {
        guard recording.kind == .siprec, recording.dialogs.count > 1 else { return }
        var emptied: Set<String> = []
        for later in recording.streams.indices where !recording.streams[later].flows.isEmpty {
            for earlier in recording.streams.indices[..<later] where isSameSender(recording.streams[earlier], recording.streams[later]) {
                for index in recording.streams[later].flows.indices.reversed() {
                    let flow = recording.streams[later].flows[index]
                    guard let place = recording.streams[earlier].flows.firstIndex(where: { isTwin($0, flow) }) else { continue }
                    recording.streams[earlier].flows[place].twins.append(flow.flow)
                    recording.streams[later].flows.remove(at: index)
                    report(flow, twinOf: recording.streams[earlier].flows[place], recording, &findings)
                }
                if recording.streams[later].flows.isEmpty {
                    emptied.insert(recording.streams[later].id)
                    break
                }
            }
        }
        recording.streams.removeAll { emptied.contains($0.id) }
    }

    private func isSameSender(_ left: PlannedStream, _ right: PlannedStream) -> Bool {
        left.dialog != right.dialog && left.media == right.media && !left.participants.isEmpty && left.participants == right.participants
    }

    /// Whether the two flows may be the same packets in one numbering. `ofOneSource`: false where signalling says so of two sources.
    func isTwin(_ left: PlannedFlow, _ right: PlannedFlow, ofOneSource: Bool = true) -> Bool {
        guard !left.isSecure, !right.isSecure, left.window.isWhole, right.window.isWhole else { return false }
        let (a, b) = (survey.flows.rows[left.flow], survey.flows.rows[right.flow])
        guard a.ssrc == b.ssrc || !ofOneSource, a.firstArrival <= b.lastArrival, b.firstArrival <= a.lastArrival,
            a.payloadTypes.first?.type == b.payloadTypes.first?.type
        else { return false }
        // One numbering: it runs over the same numbers at the same time. Which packets are equal is told octet by octet when they are rendered.
        return a.lowestSequence <= b.highestSequence && b.lowestSequence <= a.highestSequence && a.jumps == 0 && b.jumps == 0
    }

    func report(_ flow: PlannedFlow, twinOf other: PlannedFlow, _ recording: PlannedRecording, _ findings: inout FindingLog) {
        let (row, first) = (survey.flows.rows[flow.flow], survey.flows.rows[other.flow])
        findings.report(
            .mat012, "\(row.identity) carries the same packets as \(first.identity); each packet is used once, from whichever flow has it", at: row.firstOrigin,
            subject: FindingSubject(callID: recording.dialogs.first.map { survey.dialogs[$0].callID }))
    }

    /// Of a call that goes through something that relays its media, each hop has the same voices: the fullest hop is heard.
    func chooseHops(_ recording: inout PlannedRecording, _ findings: inout FindingLog) {
        guard recording.kind == .call, recording.dialogs.count > 1 else { return }
        var dropped: Set<String> = []
        let audio = recording.streams.filter { $0.media == "audio" && !$0.flows.isEmpty && !$0.participants.isEmpty }
        for person in Set(audio.map(\.participants)) {
            let voices = audio.filter { $0.participants == person }.sorted { (weight($1), $0.id) < (weight($0), $1.id) }
            var kept: [PlannedStream] = []
            for voice in voices {
                guard let full = kept.first(where: { $0.dialog != voice.dialog && runsBeside(voice, $0) }) else {
                    kept.append(voice)
                    continue
                }
                dropped.insert(voice.id)
                guard let row = voice.flows.first.map({ survey.flows.rows[$0.flow] }), let dialog = voice.dialog else { continue }
                let other = full.dialog.map { survey.dialogs[$0].callID } ?? ""
                findings.report(
                    .mat013, "\(person.joined(separator: ", ")) is also heard on this hop; the media of hop \(other) is used", at: row.firstOrigin,
                    subject: FindingSubject(callID: survey.dialogs[dialog].callID))
            }
        }
        recording.streams.removeAll { dropped.contains($0.id) }
    }

    private func weight(_ stream: PlannedStream) -> Int { stream.flows.reduce(0) { $0 + survey.flows.rows[$1.flow].distinctPackets } }

    /// Whether most of the shorter one's time is the other's, too.
    private func runsBeside(_ left: PlannedStream, _ right: PlannedStream) -> Bool {
        func span(_ stream: PlannedStream) -> (from: CaptureTime, until: CaptureTime)? {
            let rows = stream.flows.map { survey.flows.rows[$0.flow] }
            guard let from = rows.map(\.firstArrival).min(), let until = rows.map(\.lastArrival).max() else { return nil }
            return (from, until)
        }
        guard let a = span(left), let b = span(right) else { return false }
        let common = min(a.until, b.until).seconds(since: max(a.from, b.from))
        return common > min(a.until.seconds(since: a.from), b.until.seconds(since: b.from)) / 2
    }

    /// The same source on two paths at once is one stream captured twice (both sides of a NAT or proxy): the fuller copy is used.
    func dropCopies(_ stream: inout PlannedStream, _ subject: FindingSubject, _ findings: inout FindingLog) {
        var kept: [PlannedFlow] = []
        // Flows come in order of their first packet, so only the latest one kept of a source can overlap.
        var latest: [SSRC: Int] = [:]
        for flow in stream.flows {
            let row = survey.flows.rows[flow.flow]
            guard let twin = latest[row.ssrc], survey.flows.rows[kept[twin].flow].lastArrival >= row.firstArrival else {
                latest[row.ssrc] = kept.count
                kept.append(flow)
                continue
            }
            let other = survey.flows.rows[kept[twin].flow]
            findings.report(
                .mat003, "\(row.ssrc) was captured on two paths, \(other.identity) and \(row.identity); the more complete copy is used", at: row.firstOrigin,
                subject: subject)
            // A copy that can be opened is worth more than one that can not.
            let opens = !flow.isSecure || !flow.security.proven.isEmpty
            let otherOpens = !kept[twin].isSecure || !kept[twin].security.proven.isEmpty
            if opens == otherOpens ? row.distinctPackets > other.distinctPackets : opens { kept[twin] = flow }
        }
        stream.flows = kept
    }
}
