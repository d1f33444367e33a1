package import RecordingRecords

extension RecordingSummary {
    package init(_ record: RecordingRecord, folder: String) {
        let audio = record.files.filter { $0.sampleRate != nil }.map(\.path)
        self.init(
            entry: RunRecord.Recording(
                id: record.id, kind: record.kind, folder: folder, start: record.start, duration: record.duration, complete: record.complete,
                participants: record.participants.count, streams: record.streams.count, audioFiles: audio.count),
            people: record.participants.map { $0.names.last?.value ?? $0.aor ?? $0.id }, audio: audio,
            gaps: record.streams.flatMap(\.gaps).reduce(0) { $0 + $1.duration.value }, sentence: RecordingSentence.text(record),
            findings: Dictionary(record.findings.map { ($0.severity, 1) }, uniquingKeysWith: +))
        entry.fates = record.fates
        let flows = record.streams.flatMap(\.flows)
        entry.packets = flows.reduce(0) { $0 + $1.packets }
        entry.copies = flows.reduce(0) { $0 + ($1.copies ?? 0) }
    }
}
