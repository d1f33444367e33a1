import Evidence
import RecordingRecords

/// The report of `siprecap check` as lines for a terminal.
package enum CheckTable {
    /// Characters of a message's line that are shown.
    private static let width = 100

    package static func lines(_ report: CheckReport) -> [String] {
        var out: [String] = []
        for group in report.groups {
            if let id = group.recording {
                out.append("\(group.kind ?? "recording") \(id)  \(group.start ?? "")  \(group.callIDs.joined(separator: ", "))".printable)
            } else {
                out.append("captures")
            }
            for item in group.items {
                let finding = item.finding
                let place = finding.first.map { place in
                    " \(place.capture)" + (place.frame.map { " frame \($0)" } ?? "") + (place.offset.map { " +0x\(String($0, radix: 16))" } ?? "")
                }
                let count = finding.count > 1 ? " (×\(finding.count))" : ""
                out.append("  \(finding.severity.padded(to: 7)) \(finding.rule)\((place ?? ""))\(count): \(finding.message)".printable)
                if let source = item.source { out += excerpt(source) }
            }
            out.append("")
        }
        let totals = [report.totals.errors.counted("error"), report.totals.warnings.counted("warning"), report.totals.infos.counted("note")]
        out.append("\(totals.joined(separator: ", ")); siprecap explain CODE tells more")
        return out
    }

    /// The line around the place, and a caret below it.
    static func excerpt(_ source: SourceExcerpt) -> [String] {
        let octets = Array(source.text.utf8)
        let place = max(0, min(source.column - 1, octets.count))
        let start = place > width * 3 / 4 ? place - width / 2 : 0
        let head = String(decoding: octets[start..<place], as: UTF8.self).printable
        let shown = String(decoding: octets[start..<min(octets.count, start + width)], as: UTF8.self).printable
        let margin = "          \(source.line) | "
        return [margin + shown, String(repeating: " ", count: margin.count + head.count) + "^"]
    }
}
