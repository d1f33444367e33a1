import Evidence
import RecordingAccount
import RecordingRecords

/// Who takes part, and when.
struct ParticipantsSection {
    let record: RecordingRecord
    let people: People

    var html: HTML {
        guard !record.participants.isEmpty else { return HTML() }
        var rows = HTML()
        for participant in record.participants {
            let names = participant.names.map(\.value)
            let others = names.dropLast().reversed()
            var also = HTML()
            for (number, other) in others.enumerated() { also += "\(number > 0 ? ", " : "also " as HTML)\(Page.name(other))" }
            let talk: HTML = participant.talk.map { "\(RecordingSentence.duration($0.seconds.value))" } ?? HTML()
            rows += """
                <tr><th scope="row">\(Page.name(people.name(participant.id)))\(also.isEmpty ? also : "<br><span class=\"quiet\">\(also)</span>")</th>\
                <td>\(Page.name(participant.aor ?? ""))</td><td>\(intervals(participant))</td><td class="number">\(talk)</td>\
                <td>\(Self.confidence(participant.confidence))</td><td>\(files(participant))</td></tr>

                """
        }
        let table = Page.scrolling(
            "Participants",
            """
            <table><thead><tr><th scope="col">Name</th><th scope="col">Address</th><th scope="col">Present</th>\
            <th scope="col" class="number">Sound</th><th scope="col">Identified by</th><th scope="col">Audio</th></tr></thead><tbody>
            \(rows)</tbody></table>
            """)
        return Page.section("participants", "Participants", table)
    }

    private static func confidence(_ word: String) -> HTML {
        switch word {
        case "signalled": "signalling"
        case "inferred": "inference"
        case "none": "unknown sender"
        default: "\(word)"
        }
    }

    private func files(_ participant: ParticipantRecord) -> HTML {
        var out = HTML()
        for path in participant.files.prefix(20) {
            out += "\(out.isEmpty ? "" : "<br>" as HTML)<a href=\"\(HTMLText.address(path))\">\(String(path.split(separator: "/").last ?? ""))</a>"
        }
        return out
    }

    /// Bars over the recording's length, with the same in words.
    private func intervals(_ participant: ParticipantRecord) -> HTML {
        let duration = max(record.duration.value, 0.001)
        var spans: [(from: Double, until: Double)] = []
        for session in participant.sessions.prefix(50) {
            let from = session.start.flatMap(offset) ?? 0
            let until = session.end.flatMap(offset) ?? duration
            if until > 0, from < duration { spans.append((max(0, from), min(duration, until))) }
        }
        guard !spans.isEmpty else { return "<span class=\"quiet\">not stated</span>" }
        var bars = HTML()
        var words: [String] = []
        for span in spans {
            bars += "<rect x=\"\(span.from / duration * 100)%\" width=\"\(max(0, span.until - span.from) / duration * 100)%\" height=\"8\"/>"
            let isWhole = span.from <= 0.5 && span.until >= duration - 0.5
            words.append(isWhole ? "throughout" : "\(Page.offset(span.from)) to \(Page.offset(span.until))")
        }
        let text = words.prefix(4).joined(separator: ", ") + (words.count > 4 ? ", …" : "")
        return "<svg class=\"presence\" height=\"8\" aria-hidden=\"true\">\(bars)</svg><span>\(text)</span>"
    }

    private func offset(_ rfc3339: String) -> Double? {
        guard let start = CaptureTime.parse(record.start), let time = CaptureTime.parse(rfc3339) else { return nil }
        return time.time.seconds(since: start.time)
    }
}
