import Evidence

/// `events.TextGrid`: a tier a participant with what is heard and what is not, and the events as points (Praat, long text format).
package enum TextGrid {
    package static func text(_ record: RecordingRecord) -> String {
        // A grid without length is refused by its readers.
        let end = max(record.duration.value, 0.001)
        let talk = TalkSpans.of(record)
        var tiers: [String] = talk.map { part in
            // Tiers of intervals leave no hole: what is between spans has an empty label.
            var intervals: [(from: Double, until: Double, label: String)] = []
            var at = 0.0
            for span in part.spans {
                if span.from > at { intervals.append((at, span.from, "")) }
                intervals.append((span.from, span.until, "audio"))
                at = span.until
            }
            if at < end { intervals.append((at, end, "")) }
            var out = head("IntervalTier", RecordNames.name(of: part.participant, in: record), end) + "        intervals: size = \(intervals.count)\n"
            for (index, interval) in intervals.enumerated() {
                out += "        intervals [\(index + 1)]:\n            xmin = \(decimal(interval.from))\n"
                out += "            xmax = \(decimal(interval.until))\n            text = \(quoted(interval.label))\n"
            }
            return out
        }
        let names = Dictionary(record.participants.map { ($0.id, RecordNames.name(of: $0.id, in: record)) }) { first, _ in first }
        // Two points of a tier may not share a time: labels of one moment become one.
        var points: [(at: String, label: String)] = []
        let inside = record.events.filter { $0.offset.value >= 0 && $0.offset.value <= end }
        for event in inside.enumerated().sorted(by: { ($0.element.offset, $0.offset) < ($1.element.offset, $1.offset) }).map(\.element) {
            let (at, label) = (decimal(event.offset.value), EventText.label(event, names: names))
            if let last = points.last, last.at == at { points[points.count - 1].label += "; " + label } else { points.append((at, label)) }
        }
        if !points.isEmpty {
            var out = head("TextTier", "events", end) + "        points: size = \(points.count)\n"
            for (index, point) in points.enumerated() {
                out += "        points [\(index + 1)]:\n            number = \(point.at)\n            mark = \(quoted(point.label))\n"
            }
            tiers.append(out)
        }
        var out = "File type = \"ooTextFile\"\nObject class = \"TextGrid\"\n\nxmin = 0\nxmax = \(decimal(end))\n"
        guard !tiers.isEmpty else { return out + "tiers? <absent>\n" }
        out += "tiers? <exists>\nsize = \(tiers.count)\nitem []:\n"
        for (index, tier) in tiers.enumerated() { out += "    item [\(index + 1)]:\n" + tier }
        return out
    }

    private static func head(_ kind: String, _ name: String, _ end: Double) -> String {
        "        class = \"\(kind)\"\n        name = \(quoted(name))\n        xmin = 0\n        xmax = \(decimal(end))\n"
    }

    private static func decimal(_ seconds: Double) -> String { EventText.decimal(seconds, digits: 6) }

    /// A quotation mark inside is doubled.
    private static func quoted(_ text: String) -> String {
        var out = ""
        for character in text.printable { out += character == "\"" ? "\"\"" : String(character) }
        return "\"\(out)\""
    }
}
