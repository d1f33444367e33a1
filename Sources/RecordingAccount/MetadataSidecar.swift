import Evidence
import PacketInput
import RecordingMetadata
import RecordingPlan
import RecordingRecords
import StreamMatching

/// What of the metadata goes into the sidecar beside names and intervals.
enum MetadataSidecar {
    static func metadata(of recording: PlannedRecording, dialog: Int) -> DialogRecord.Metadata? {
        guard let timeline = recording.timelines[dialog], !timeline.documents.isEmpty else { return nil }
        return DialogRecord.Metadata(
            dialect: recording.dialects[dialog], documents: timeline.documents.count, clockOffset: timeline.clockOffset.map { Seconds($0) },
            assumedZone: timeline.documents.compactMap(\.assumedZoneMinutes).first, incomplete: timeline.isIncomplete ? true : nil,
            extensions: extensions(timeline) { $0.kind == .recording || $0.kind == .group || $0.kind == .stream })
    }

    static func complete(_ record: inout SessionRecord, _ session: SessionHistory, _ timeline: MetadataTimeline?) {
        record.statedStart = stated(session.intervals.first?.begin)
        record.statedEnd = stated(session.intervals.last?.finish)
        if !session.reasons.isEmpty {
            record.reasons = session.reasons.map { reason in
                [reason.protocolName, reason.cause.map(String.init), reason.text].compactMap { $0 }.joined(separator: " ")
            }
        }
        record.extensions = extensions(of: .session, session.id, timeline)
    }

    static func membership(_ membership: SessionMembership) -> ParticipantRecord.Membership {
        var record = ParticipantRecord.Membership(
            id: membership.sessionID, start: membership.interval.start.rfc3339, end: membership.interval.end?.rfc3339)
        record.statedStart = stated(membership.interval.begin)
        record.statedEnd = stated(membership.interval.finish)
        return record
    }

    static func binding(of stream: PlannedStream, _ kind: RecordingKind) -> StreamRecord.Binding? {
        guard kind == .siprec, !stream.spans.isEmpty || !stream.alternatives.isEmpty else { return nil }
        // The weakest of the claims is what the whole rests on.
        let basis = stream.spans.map(\.basis).min { $0.confidence < $1.confidence } ?? .none
        let alternatives = stream.alternatives.map {
            StreamRecord.Binding.Alternative(basis: $0.basis.rawValue, participants: $0.participants, streamID: $0.streamID)
        }
        // Two statements that disagree are as good as each other.
        let confidence = stream.contradictions.isEmpty ? basis.confidence : .low
        var binding = StreamRecord.Binding(
            basis: basis.rawValue, confidence: confidence.rawValue, alternatives: alternatives.isEmpty ? nil : alternatives)
        if !stream.contradictions.isEmpty { binding.contradictedBy = stream.contradictions.map { "\($0.source) \($0.name)" } }
        return binding
    }

    static func extensions(of kind: ExtensionOwner.Kind, _ id: String, _ timeline: MetadataTimeline?) -> [ExtensionRecord]? {
        timeline.flatMap { extensions($0) { $0.kind == kind && $0.id == id } }
    }

    private static func extensions(_ timeline: MetadataTimeline, where condition: (ExtensionOwner) -> Bool) -> [ExtensionRecord]? {
        let found = timeline.extensions.filter { condition($0.owner) }.map {
            ExtensionRecord(namespace: $0.value.namespace, name: $0.value.name, path: $0.value.path, value: $0.value.value)
        }
        return found.isEmpty ? nil : found
    }

    static func stated(_ time: StatedTime?) -> String? {
        guard let time else { return nil }
        return time.moment?.rfc3339 ?? (time.text.isEmpty ? nil : time.text)
    }
}
