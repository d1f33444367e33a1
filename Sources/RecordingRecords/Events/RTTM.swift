/// `events.rttm`: who is heard when (NIST Rich Transcription Time Marked): ten fields a line, blanks between.
package enum RTTM {
    package static func text(_ record: RecordingRecord) -> String {
        let talk = TalkSpans.of(record)
        let names = talk.map { FileName.sanitised(RecordNames.name(of: $0.participant, in: record)) }
        var lines: [(from: Double, index: Int, line: String)] = []
        for (index, part) in talk.enumerated() {
            // Two people of the same name stay two.
            let isShared = names.filter { $0 == names[index] }.count > 1
            let name = isShared ? "\(names[index])-\(index + 1)" : names[index]
            for span in part.spans {
                let (from, length) = (EventText.decimal(span.from, digits: 3), EventText.decimal(span.until - span.from, digits: 3))
                lines.append((span.from, index, "SPEAKER \(record.id) 1 \(from) \(length) <NA> <NA> \(name) <NA> <NA>\n"))
            }
        }
        return lines.sorted { ($0.from, $0.index) < ($1.from, $1.index) }.map(\.line).joined()
    }
}

/// What a sidecar calls people.
enum RecordNames {
    /// The name last in force, else the address, else the id.
    static func name(of id: String, in record: RecordingRecord) -> String {
        let participant = record.participants.first { $0.id == id }
        return participant?.names.last?.value ?? participant?.aor ?? id
    }
}
