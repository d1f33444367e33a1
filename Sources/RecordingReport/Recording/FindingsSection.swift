import Evidence
import RecordingRecords
import RuleCatalogue

/// What is wrong or noteworthy, worst first, each with its message and its rule's page.
struct FindingsSection {
    private static let limit = 300

    let record: RecordingRecord
    let messages: MessageIndex
    let moments: MomentIndex

    var html: HTML {
        var items = HTML()
        let sorted = record.findings.enumerated().sorted { (Self.rank($0.element), $0.offset) < (Self.rank($1.element), $1.offset) }.map(\.element)
        for finding in sorted.prefix(Self.limit) {
            items += FindingItem(finding: finding, message: messages.number(of: finding.first), moment: moments.offset(of: finding.first)).html
        }
        guard !items.isEmpty else { return HTML() }
        let rest: HTML =
            sorted.count > Self.limit ? "<p class=\"note\">\(sorted.count - Self.limit) more findings are in recording.json.</p>" : HTML()
        return Page.section("findings", "Findings", "<ol class=\"findings\">\n\(items)</ol>\(rest)")
    }

    static func rank(_ finding: FindingRecord) -> Int {
        switch finding.severity {
        case "error": 0
        case "warning": 1
        default: 2
        }
    }
}

/// One finding.
struct FindingItem {
    let finding: FindingRecord
    /// Zero-based number of the message on the page that it is about.
    let message: Int?
    /// When it happened; nil where the page does not know.
    var moment: Double?

    var html: HTML {
        let count: HTML = finding.count > 1 ? " <span class=\"quiet\">×\(finding.count)</span>" : HTML()
        let link: HTML = message.map { " · <a href=\"#m\($0 + 1)\">message \($0 + 1)</a>" } ?? HTML()
        let time: HTML = moment.map { $0 >= 0 ? " · at \(TimelineSection.jump($0))" : " · \(Page.offset($0)) before the start" } ?? HTML()
        let subject: HTML = finding.subject.stream.map { " · stream \(Page.name($0))" } ?? HTML()
        return """
            <li class="finding"><details><summary><span class="badge \(severity)">\(severity)</span> <code>\(finding.rule)</code> \
            \(HTMLText.short(finding.message, 400))\(count)</summary>
            <p class="quiet">\(Page.place(finding.first))\(time)\(link)\(subject) · \(finding.reference)</p>
            \(page)</details></li>

            """
    }

    private var severity: HTML {
        switch finding.severity {
        case "error": "error"
        case "warning": "warning"
        default: "info"
        }
    }

    private var page: HTML {
        guard let rule = Rule.named(finding.rule) else { return HTML() }
        return """
            <p><strong>\(rule.title).</strong> \(rule.meaning) \(rule.consequence)</p>
            <p><strong>Usual cause:</strong> \(rule.cause)</p><p><strong>What siprecap does:</strong> \(rule.action)</p>\
            <p><strong>Remedy:</strong> \(rule.remedy)</p>

            """
    }
}
