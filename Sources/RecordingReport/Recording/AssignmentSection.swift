import RecordingAccount
import RecordingRecords

/// Which label is which stream is which participant: lines between three columns, and the metadata documents that say so.
struct AssignmentSection {
    private static let rowLimit = 60
    private static let rowHeight = 46

    let material: ReportMaterial
    let people: People

    private var record: RecordingRecord { material.record }
    private var streams: ArraySlice<StreamRecord> { record.streams.prefix(Self.rowLimit) }

    var html: HTML {
        guard !streams.isEmpty else { return HTML() }
        let rest: HTML =
            record.streams.count > streams.count
            ? "<p class=\"note\">\(record.streams.count - streams.count) more streams are in recording.json.</p>" : HTML()
        let content: HTML = "\(Page.scrolling("Diagram of labels, streams and participants", diagram))\(reasons)\(rest)\(documents)"
        return Page.section("assignment", "Who sends what", content)
    }

    private var diagram: HTML {
        let persons = record.participants.prefix(Self.rowLimit)
        let rows = max(streams.count, persons.count, 1)
        let height = rows * Self.rowHeight + 28
        func y(_ index: Int, of count: Int) -> Int { 28 + (2 * index + 1) * rows * Self.rowHeight / (2 * max(1, count)) }
        var boxes = HTML()
        var lines = HTML()
        for (number, stream) in streams.enumerated() {
            let at = y(number, of: streams.count)
            let line = material.lines[stream.id]
            let first = stream.label.map { "label \($0)" } ?? (line == nil ? "not negotiated" : "no label")
            let second = line.map { "m-line \($0.index + 1), \(stream.media)" } ?? stream.media
            boxes += box(x: 0, at, first, second, line == nil && stream.label == nil ? "faint" : "")
            let flows = stream.flows.count
            boxes += box(x: 340, at, "stream \(stream.id)", stream.streamID ?? "\(flows) \(flows == 1 ? "flow" : "flows")", "")
            lines += "<path class=\"link\" d=\"M240 \(at)H340\"/>"
            for id in stream.participants {
                guard let person = persons.firstIndex(where: { $0.id == id }) else { continue }
                let to = y(person, of: persons.count)
                let style: HTML =
                    switch stream.binding?.confidence {
                    case "low": "low"
                    case "medium": "medium"
                    default: "high"
                    }
                lines += """
                    <path class="link \(style)" d="M580 \(at)C630 \(at) 630 \(to) 680 \(to)"><title>\(basis(stream))</title></path>
                    """
            }
        }
        for (number, person) in persons.enumerated() {
            boxes += box(x: 680, y(number, of: persons.count), people.name(person.id), person.aor ?? person.id, "")
        }
        return """
            <svg class="diagram" viewBox="0 0 920 \(height)" role="img" aria-label="Labels, streams and participants; the list below says the same in words">\
            <text class="quiet" x="120" y="14" text-anchor="middle">Session description</text>\
            <text class="quiet" x="460" y="14" text-anchor="middle">Stream</text>\
            <text class="quiet" x="800" y="14" text-anchor="middle">Participant</text>\(lines)\(boxes)</svg>
            """
    }

    private func box(x: Int, _ y: Int, _ first: String, _ second: String, _ style: StaticString) -> HTML {
        """
        <g class="box \(HTML(constant: style))"><title>\(HTMLText.short(first, 200)), \(HTMLText.short(second, 200))</title>\
        <rect x="\(x + 1)" y="\(y - 19)" width="238" height="38" rx="4"/>\
        <text x="\(x + 12)" y="\(y - 3)">\(HTMLText.short(first, 30))</text>\
        <text class="quiet" x="\(x + 12)" y="\(y + 12)">\(HTMLText.short(second, 34))</text></g>
        """
    }

    private func basis(_ stream: StreamRecord) -> String {
        guard let binding = stream.binding else { return stream.participants.isEmpty ? "no signalling names the sender" : "signalling" }
        let words =
            switch binding.basis {
            case "label": "matching labels in SDP and metadata"
            case "similar-label": "labels that differ only in form"
            case "duplicate-label": "a duplicate label"
            case "elimination": "elimination"
            case "order": "order, as labels do not match"
            case "position": "position of the media line"
            case "signalling": "signalling"
            case "none": "no signalling names the sender"
            default: binding.basis
            }
        let doubt = binding.contradictedBy.map { ", contradicted by " + $0.prefix(4).joined(separator: ", ") } ?? ""
        return "\(words)\(doubt) (confidence \(binding.confidence))"
    }

    private var reasons: HTML {
        var items = HTML()
        for stream in streams {
            let who: HTML = stream.participants.isEmpty ? "nobody known" : people.list(stream.participants)
            var more = HTML()
            for other in (stream.binding?.alternatives ?? []).prefix(4) { more += "; alternative: \(people.list(other.participants))" }
            items += """
                <li>Stream \(stream.id)\(stream.label.map { ", label \(Page.name($0))" as HTML } ?? HTML()): \(who), \(basis(stream))\(more)</li>

                """
        }
        return "<ul class=\"plain\">\n\(items)</ul>\n"
    }

    private var documents: HTML {
        var out = HTML()
        for document in material.documents {
            let cut: HTML = document.omitted > 0 ? "<p class=\"note\">\(document.omitted) more bytes are in the file.</p>" : HTML()
            out += """
                <details class="list"><summary>Metadata in \(Page.name(document.carrier)) at \(Page.moment(document.time))</summary>
                <p class="note"><a href="\(HTMLText.address(document.path))">\(document.path)</a></p><pre tabindex="0">\(document.text)</pre>\(cut)</details>

                """
        }
        return out
    }
}
