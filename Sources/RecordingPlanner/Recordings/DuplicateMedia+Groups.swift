import CaptureSurvey
import Evidence
import PacketInput
import RecordingPlan
import SDPSyntax
import SIPDialogs
import StreamMatching

/// Streams that session descriptions tie together: packets that repair others, and the same packets once more.
extension DuplicateMedia {
    /// Gives repair packets of a media line of their own (RFC 5956) to the stream that they are about, and makes duplicates (RFC 7104, RFC 7198),
    /// on lines of their own or under other sources of one line, twins of what they repeat.
    func joinGroups(_ recording: inout PlannedRecording, _ findings: inout FindingLog) {
        var emptied: Set<String> = []
        for index in recording.streams.indices where !recording.streams[index].flows.isEmpty {
            if isOnlyRepair(recording.streams[index]), let place = partner(of: index, .repair, in: recording.streams) {
                recording.streams[place].flows += recording.streams[index].flows
                recording.streams[index].flows = []
            } else {
                joinDuplicates(of: index, &recording, &findings)
            }
            if recording.streams[index].flows.isEmpty { emptied.insert(recording.streams[index].id) }
        }
        recording.streams.removeAll { emptied.contains($0.id) }
    }

    private func isOnlyRepair(_ stream: PlannedStream) -> Bool {
        stream.flows.allSatisfy { $0.isOnlyRepair(survey.flows.rows[$0.flow]) }
    }

    /// The stream with packets of its own that a group ties to the one at `index`.
    private func partner(of index: Int, _ semantics: GroupSemantics, in streams: [PlannedStream]) -> Int? {
        guard let own = streams[index].negotiated else { return nil }
        return streams.indices.first { other in
            guard other != index, let negotiated = streams[other].negotiated, streams[other].media == streams[index].media else { return false }
            return own.isGrouped(semantics, with: negotiated) && !streams[other].flows.isEmpty && !isOnlyRepair(streams[other])
        }
    }

    private func joinDuplicates(of index: Int, _ recording: inout PlannedRecording, _ findings: inout FindingLog) {
        guard let negotiated = recording.streams[index].negotiated else { return }
        let earlier = partner(of: index, .duplicate, in: recording.streams).flatMap { $0 < index ? $0 : nil }
        for number in recording.streams[index].flows.indices.reversed() {
            let flow = recording.streams[index].flows[number]
            let sources = negotiated.partners(of: survey.flows.rows[flow.flow].ssrc, .duplicate)
            var place: (stream: Int, flow: Int)?
            if let other = earlier, let found = recording.streams[other].flows.firstIndex(where: { isTwin($0, flow, ofOneSource: false) }) {
                place = (other, found)
            } else if let found = recording.streams[index].flows[..<number].firstIndex(where: {
                sources.contains(survey.flows.rows[$0.flow].ssrc) && isTwin($0, flow, ofOneSource: false)
            }) {
                place = (index, found)
            }
            guard let place else { continue }
            recording.streams[place.stream].flows[place.flow].twins.append(flow.flow)
            report(flow, twinOf: recording.streams[place.stream].flows[place.flow], recording, &findings)
            recording.streams[index].flows.remove(at: number)
        }
    }
}
