package import RecordingAccount
import RecordingRecords

/// `report.html` of one recording.
package enum RecordingPage {
    package static let fileName = "report.html"

    package static func render(_ material: ReportMaterial) -> [UInt8] {
        let record = material.record
        let people = People(record)
        let messages = MessageIndex(material.messages)
        let title = HTMLText.short(people.all, 120)
        let body: HTML = """
            <header class="top">
            <p class="up"><a href="../../report.html">All recordings</a></p>
            <h1>\(Page.name(title))</h1>
            <p class="sentence"><span class="badge \(record.complete ? "good" : "bad" as HTML)">\(record.complete ? "complete" : "incomplete" as HTML)</span> \
            \(RecordingSentence.text(record))</p>
            \(facts(record))
            \(navigation(material))
            </header>
            <main>
            \(TimelineSection(material: material, people: people).html)
            \(ParticipantsSection(record: record, people: people).html)
            \(FindingsSection(record: record, messages: messages, moments: MomentIndex(material)).html)
            \(LadderSection(material: material).html)
            \(AssignmentSection(material: material, people: people).html)
            \(StreamsSection(record: record, people: people).html)
            \(SourcesSection(material: material).html)
            </main>
            <footer><p>Made by \(record.provenance.tool.name) \(record.provenance.tool.version) from recording.json beside this page, which has everything and decides. \
            Texts of the capture are shown as they are; characters that do not show are spelled out.</p></footer>
            """
        return Page.render(title: title, body: body, script: .recordingScript)
    }

    private static func facts(_ record: RecordingRecord) -> HTML {
        let kind: HTML =
            switch record.kind {
            case "siprec": "SIPREC recording session"
            case "call": "SIP call"
            case "media": "media without signalling"
            default: "\(record.kind)"
            }
        return """
            <dl class="facts">
            <div><dt>Start</dt><dd>\(Page.moment(record.start))</dd></div>
            <div><dt>Length</dt><dd>\(RecordingSentence.duration(record.duration.value))</dd></div>
            <div><dt>Kind</dt><dd>\(kind)</dd></div>
            <div><dt>Id</dt><dd><code>\(record.id)</code></dd></div>
            </dl>
            """
    }

    private static func navigation(_ material: ReportMaterial) -> HTML {
        let record = material.record
        func link(_ id: StaticString, _ word: StaticString, _ isThere: Bool) -> HTML {
            isThere ? "<a href=\"#\(HTML(constant: id))\">\(HTML(constant: word))</a> " : HTML()
        }
        return """
            <nav aria-label="Parts of this page">\
            \(link("timeline", "Timeline", true))\(link("participants", "Participants", !record.participants.isEmpty))\
            \(link("findings", "Findings", !record.findings.isEmpty))\(link("signalling", "Signalling", !material.messages.isEmpty))\
            \(link("assignment", "Who sends what", !record.streams.isEmpty))\(link("streams", "Streams and quality", !record.streams.isEmpty))\
            \(link("sources", "Files and sources", true))</nav>
            """
    }
}

/// Participants by id, for labels.
struct People {
    private let names: [String: String]
    /// `Alice, Bob`.
    let all: String

    init(_ record: RecordingRecord) {
        names = Dictionary(record.participants.map { ($0.id, RecordingSentence.name($0)) }) { first, _ in first }
        let list = record.participants.prefix(6).map(RecordingSentence.name).joined(separator: ", ")
        let rest = record.participants.count > 6 ? " and \(record.participants.count - 6) more" : ""
        all = list.isEmpty ? "Recording \(record.id)" : list + rest
    }

    func name(_ id: String) -> String { names[id] ?? id }

    func list(_ ids: [String]) -> HTML {
        var out = HTML()
        for (number, id) in ids.enumerated() { out += "\(number > 0 ? ", " : "" as HTML)\(Page.name(name(id)))" }
        return out
    }
}

/// Which message of the page a frame belongs to.
struct MessageIndex {
    private struct Frame: Hashable {
        let capture: String
        let frame: Int
    }

    private var numbers: [Frame: Int] = [:]

    init(_ messages: [ReportMaterial.Message]) {
        for (number, message) in messages.enumerated() {
            for place in message.places {
                guard let frame = place.frame else { continue }
                numbers[Frame(capture: place.capture, frame: frame), default: number] = number
            }
        }
    }

    /// Zero-based; nil where the place is in no message of the page.
    func number(of place: PlaceRecord?) -> Int? {
        guard let place, let frame = place.frame else { return nil }
        return numbers[Frame(capture: place.capture, frame: frame)]
    }
}
